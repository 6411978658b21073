-- A lot or pool by its number, with its maker and step where these are said: {donation_number, node, record, key}.
SELECT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM lineage.node AS n
WHERE n.number = :number AND (:maker = '' OR n.maker = :maker) AND (:step = '' OR n.step = :step)
