-- The donation itself, where anything of it has arrived: {donation_number, node, record, key}.
SELECT DISTINCT d.donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT donation_number FROM accepted.donation
    UNION ALL
    SELECT donation_number FROM accepted.plasma_unit
) AS d
WHERE d.donation_number = :name
