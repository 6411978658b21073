-- Lots dried in a dryer in a period: {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT l.plant, l.lot_number, 'dried'
    FROM standing.lyophilisation AS c
    JOIN standing.lyophilisation_load AS l USING (plant, cycle)
    WHERE c.dryer = :name AND coalesce(coalesce(c.unloaded_at, c.loaded_at) >= :since, true)
        AND coalesce(c.loaded_at < :until, true)
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
