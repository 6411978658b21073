-- Donations of a donor, by any key of the person: {donation_number, node, record, key}.
SELECT DISTINCT d.donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM standing.donation AS d
LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.key = d.donor_key
WHERE coalesce(p.person, d.donor_key) = coalesce((
    SELECT own.person FROM lineage.person AS own WHERE own.kind = 'donor' AND own.key = :name
), :name)
