-- Lots dried in a dryer in a period: {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT l.plant, l.lot_number, 'dried'
    FROM standing.lyophilisation AS c
    JOIN standing.lyophilisation_load AS l USING (plant, cycle)
    LEFT JOIN lineage.place AS pl ON pl.party = c.plant
    WHERE c.dryer = :name AND lineage.overlaps(
        c.loaded_at, c.loaded_at_offset_min, c.unloaded_at, c.unloaded_at_offset_min, pl.zone,
        :since_day, :until_day, :since_at, :until_at
    )
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
