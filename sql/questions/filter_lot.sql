-- Lots that went through a lot of filters in a period: pre-filters, virus filters, sterile filters:
-- {donation_number, node, record, key}.
SELECT DISTINCT NULL AS donation_number, n.node, NULL AS record, NULL::jsonb AS key
FROM (
    SELECT l.plant, l.lot_number, l.step
    FROM standing.viral_inactivation AS b
    JOIN standing.viral_inactivation_load AS l USING (plant, batch)
    LEFT JOIN lineage.place AS pl ON pl.party = b.plant
    WHERE b.prefilter_lot = :name AND lineage.overlaps(
        b.started_at, b.started_at_offset_min, b.ended_at, b.ended_at_offset_min, pl.zone,
        :since_day, :until_day, :since_at, :until_at
    )
    UNION
    SELECT l.plant, l.lot_number, l.step
    FROM standing.virus_removal AS b
    JOIN standing.virus_removal_load AS l USING (plant, batch)
    LEFT JOIN lineage.place AS pl ON pl.party = b.plant
    WHERE b.filter_lot = :name AND lineage.overlaps(
        b.started_at, b.started_at_offset_min, b.ended_at, b.ended_at_offset_min, pl.zone,
        :since_day, :until_day, :since_at, :until_at
    )
    UNION
    SELECT l.plant, l.lot_number, 'filled'
    FROM standing.filling AS b
    JOIN standing.filling_load AS l USING (plant, batch)
    LEFT JOIN lineage.place AS pl ON pl.party = b.plant
    WHERE b.filter_lot = :name AND lineage.overlaps(
        b.started_at, b.started_at_offset_min, b.ended_at, b.ended_at_offset_min, pl.zone,
        :since_day, :until_day, :since_at, :until_at
    )
) AS made (maker, number, step)
JOIN lineage.node AS n USING (maker, number, step)
