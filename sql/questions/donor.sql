-- Donations of a donor in a period, by any key of the person: {donation_number, node, record, key}.
SELECT DISTINCT d.donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT CAST(:name AS text) AS key
    UNION
    SELECT same.key
    FROM lineage.person AS own
    JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
    WHERE own.kind = 'donor' AND own.key = :name
) AS of_person
JOIN standing.donation AS d ON d.donor_key = of_person.key
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
WHERE lineage.within(
    d.collected_at, d.collected_at_offset_min, pl.zone, :since_day, :until_day, :since_at, :until_at
)
