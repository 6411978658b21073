-- Contested statements that make one person of keys of this kind: where one of them is the person asked about, or, asked
-- about anything else, of a donor who gave one of these donations: {record, key}.
SELECT c.record, c.key
FROM judged.contested AS c
JOIN standing.same_person AS s ON s.party = c.key ->> 0 AND s.statement = c.key ->> 1
CROSS JOIN LATERAL (VALUES (s.one_key), (s.other_key)) AS named (key)
LEFT JOIN lineage.person AS own ON own.kind = s.kind AND own.key = named.key
LEFT JOIN lineage.person AS same ON same.kind = s.kind AND same.person = own.person
WHERE c.record = 'same_person' AND s.kind = :kind AND (
    CAST(:name AS text) IN (named.key, same.key)
    OR CAST(:name AS text) IS NULL AND EXISTS (
        SELECT FROM standing.donation AS d
        WHERE d.donor_key = coalesce(same.key, named.key) AND d.donation_number = ANY (CAST(:numbers AS text[]))
    )
)
