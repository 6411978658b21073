-- Of some statements that two keys are one person's (all_keys) those that name a person of the answer: who gave one of these
-- donations, who is asked about (a donor or a patient), or who was tested by what is asked about (kind, names): {key}.
WITH reached (key) AS (
    SELECT d.donor_key FROM standing.donation AS d
    WHERE CAST(:kind AS text) <> 'patient' AND d.donation_number = ANY (CAST(:donations AS text[]))
    UNION
    SELECT name FROM unnest(CAST(:names AS text[])) AS asked (name) WHERE CAST(:kind AS text) IN ('donor', 'patient')
    UNION
    SELECT r.tested_id FROM standing.test_result AS r  -- each by itself, so that it is sought by its index
    WHERE CAST(:kind AS text) = 'kit_lot' AND r.tested = 'donor' AND r.kit_lot = ANY (CAST(:names AS text[]))
    UNION
    SELECT r.tested_id FROM standing.test_result AS r
    WHERE CAST(:kind AS text) = 'laboratory' AND r.tested = 'donor' AND r.laboratory = ANY (CAST(:names AS text[]))
    UNION
    SELECT r.tested_id FROM standing.test_result AS r
    WHERE CAST(:kind AS text) = 'analyser' AND r.tested = 'donor' AND r.analyser = ANY (CAST(:names AS text[]))
),
known (key) AS (
    SELECT key FROM reached
    UNION
    SELECT same.key
    FROM reached
    JOIN lineage.person AS own
        ON own.kind = CASE CAST(:kind AS text) WHEN 'patient' THEN 'patient' ELSE 'donor' END AND own.key = reached.key
    JOIN lineage.person AS same ON same.kind = own.kind AND same.person = own.person
)
SELECT DISTINCT jsonb_build_array(s.party, s.statement) AS key
FROM unnest(CAST(:all_keys AS jsonb[])) AS asked (key)
JOIN standing.same_person AS s ON s.party = asked.key ->> 0 AND s.statement = asked.key ->> 1
WHERE s.one_key IN (SELECT key FROM known) OR s.other_key IN (SELECT key FROM known)
