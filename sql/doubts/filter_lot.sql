-- Lots that went through a lot of filters: pre-filters, virus filters, sterile filters: {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT l.plant, l.lot_number, l.step
    FROM standing.viral_inactivation AS b
    JOIN standing.viral_inactivation_load AS l USING (plant, batch)
    WHERE b.prefilter_lot = :name
    UNION
    SELECT l.plant, l.lot_number, l.step
    FROM standing.virus_removal AS b
    JOIN standing.virus_removal_load AS l USING (plant, batch)
    WHERE b.filter_lot = :name
    UNION
    SELECT l.plant, l.lot_number, 'filled'
    FROM standing.filling AS b
    JOIN standing.filling_load AS l USING (plant, batch)
    WHERE b.filter_lot = :name
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
