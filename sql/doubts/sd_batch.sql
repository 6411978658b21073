-- Lots that came out of a solvent/detergent or removal batch: {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT plant, lot_number, step FROM standing.viral_inactivation_load WHERE batch = :name
    UNION
    SELECT plant, lot_number, step FROM standing.virus_removal_load WHERE batch = :name
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
