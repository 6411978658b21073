-- Donations of a donor, by any key of the person: {donation_number, node, record, key}.
WITH own (key) AS (
    SELECT CAST(:name AS text)
    UNION
    SELECT same.key
    FROM lineage.person AS named
    JOIN lineage.person AS same USING (kind, person)
    WHERE named.kind = 'donor' AND named.key = :name
)
SELECT DISTINCT d.donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM own
JOIN standing.donation AS d ON d.donor_key = own.key
