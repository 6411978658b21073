-- Lots filled on a line in a period: {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT l.plant, l.lot_number, 'filled'
    FROM standing.filling AS f
    JOIN standing.filling_load AS l USING (plant, batch)
    WHERE f.fill_line = :name AND coalesce(coalesce(f.ended_at, f.started_at) >= :since, true)
        AND coalesce(f.started_at < :until, true)
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
