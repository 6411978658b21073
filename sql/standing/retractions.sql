-- Retractions by persons that are proposed or in force, of these rows or of all, with who took each back and nobody
-- confirmed it: {retraction, record, receipt, line, kind, at, by, reason, state, back_by}.
SELECT r.retraction, r.record, r.receipt, r.line, r.kind, r.at, r.by, r.reason, r.state, coalesce(back.by, '') AS back_by
FROM judged.retraction_now AS r
LEFT JOIN LATERAL (
    SELECT w.by FROM judged.retraction_word AS w
    WHERE w.retraction = r.retraction AND w.said = 'taken_back' ORDER BY w.word LIMIT 1
) AS back ON true
WHERE r.state <> 'gone' AND (CAST(:receipts AS bigint[]) IS NULL OR (r.receipt, r.line) IN (
    SELECT asked.receipt, asked.line
    FROM unnest(CAST(:receipts AS bigint[]), CAST(:lines AS bigint[])) AS asked (receipt, line)
))
ORDER BY r.state = 'proposed' DESC, r.retraction DESC
