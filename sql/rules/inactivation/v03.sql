-- V03: the batch was pre-filtered, finely enough, before the reagents were added.
SELECT
    b.plant, b.batch,
    CASE
        WHEN v.process_version IS NULL THEN 'pending'
        WHEN v.prefilter_max_um IS NULL THEN 'not_applicable'
        WHEN b.prefilter_um > v.prefilter_max_um OR b.prefiltered_at > b.started_at THEN 'finding'
        WHEN b.prefilter_um IS NULL OR b.prefiltered_at IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    v.prefilter_max_um::text AS rests_on
FROM scope_viral_inactivation
JOIN standing.viral_inactivation AS b USING (plant, batch)
LEFT JOIN lineage.place AS pl ON pl.party = b.plant
LEFT JOIN reference.process_version AS v
    ON v.process_version = b.process_version
    AND v.in_force @> lineage.local_day(b.started_at, b.started_at_offset_min, pl.zone)
