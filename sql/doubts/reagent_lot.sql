-- Lots treated with a lot of solvent or detergent: {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT l.plant, l.lot_number, l.step
    FROM standing.viral_inactivation AS b
    JOIN standing.viral_inactivation_load AS l USING (plant, batch)
    WHERE b.solvent_lot = :name OR b.detergent_lot = :name
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
