-- Lots filled on a line in a period: {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT l.plant, l.lot_number, 'filled'
    FROM standing.filling AS f
    JOIN standing.filling_load AS l USING (plant, batch)
    LEFT JOIN lineage.place AS pl ON pl.party = f.plant
    WHERE f.fill_line = :name AND lineage.overlaps(
        f.started_at, f.started_at_offset_min, f.ended_at, f.ended_at_offset_min, pl.zone,
        :since_day, :until_day, :since_at, :until_at
    )
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
