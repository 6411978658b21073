-- Donations given at a centre in a period: {donation_number, node, record, key}.
SELECT DISTINCT d.donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM standing.donation AS d
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
WHERE d.centre = :name AND lineage.within(
    d.collected_at, d.collected_at_offset_min, pl.zone, :since_day, :until_day, :since_at, :until_at
)
