-- What persons said of each of these versions: whether it was taken away, whether that is proposed, with a replacement
-- due; of a retraction that its sender sent, whether another person than that one confirmed it.
CREATE TEMP TABLE version_word ON COMMIT DROP AS
SELECT
    v.receipt, v.line,
    bool_or(r.kind <> 'as_stated' AND r.state = 'in_force') AS taken,
    bool_or(r.kind <> 'as_stated' AND r.state = 'proposed') AS shaken,
    bool_or(r.kind = 'replacement_due' AND r.state = 'in_force') AS due,
    bool_or(r.kind = 'as_stated' AND r.state = 'in_force'
        AND lower(btrim(r.by) COLLATE "C") <> lower(btrim(coalesce(v.corrected_by, '')) COLLATE "C")) AS confirmed
FROM key_version AS v
JOIN judged.retraction_now AS r ON r.receipt = v.receipt AND r.line = v.line
GROUP BY v.receipt, v.line
