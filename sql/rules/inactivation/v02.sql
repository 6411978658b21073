-- V02: the treatment lasted as long as its process asks for, within its temperatures.
SELECT
    b.plant, b.batch,
    CASE
        WHEN v.process_version IS NULL THEN 'pending'
        WHEN v.hold_h IS NULL THEN 'not_applicable'
        WHEN b.ended_at - b.started_at < v.hold_h * interval '1 hour' OR b.temperature_min_c < v.temperature_min_c
            OR b.temperature_max_c > v.temperature_max_c THEN 'finding'
        WHEN b.ended_at IS NULL OR b.temperature_min_c IS NULL OR b.temperature_max_c IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', v.hold_h, v.temperature_min_c, v.temperature_max_c) AS rests_on
FROM scope_viral_inactivation
JOIN standing.viral_inactivation AS b USING (plant, batch)
LEFT JOIN lineage.place AS pl ON pl.party = b.plant
LEFT JOIN reference.process_version AS v
    ON v.process_version = b.process_version
    AND v.in_force @> lineage.local_day(b.started_at, b.started_at_offset_min, pl.zone)
