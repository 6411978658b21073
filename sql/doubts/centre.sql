-- Donations given at a centre in a period: {donation_number, node, record, key}.
SELECT DISTINCT d.donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM standing.donation AS d
WHERE d.centre = :name AND coalesce(d.collected_at >= :since, true) AND coalesce(d.collected_at < :until, true)
