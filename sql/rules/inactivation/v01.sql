-- V01: solvent and detergent are those of the process, within its tolerance at start and end.
SELECT
    b.plant, b.batch,
    CASE
        WHEN v.process_version IS NULL THEN 'pending'
        WHEN v.tolerance_pct IS NULL OR v.solvent_pct IS NULL AND v.detergent_pct IS NULL THEN 'not_applicable'
        WHEN b.solvent <> v.solvent OR b.detergent <> v.detergent THEN 'finding'
        WHEN abs(b.solvent_start_pct - v.solvent_pct) > v.solvent_pct * v.tolerance_pct / 100
            OR abs(b.solvent_end_pct - v.solvent_pct) > v.solvent_pct * v.tolerance_pct / 100
            OR abs(b.detergent_start_pct - v.detergent_pct) > v.detergent_pct * v.tolerance_pct / 100
            OR abs(b.detergent_end_pct - v.detergent_pct) > v.detergent_pct * v.tolerance_pct / 100 THEN 'finding'
        WHEN b.solvent_start_pct IS NULL OR b.solvent_end_pct IS NULL OR b.detergent_start_pct IS NULL
            OR b.detergent_end_pct IS NULL OR b.solvent IS NULL OR b.detergent IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', v.solvent, v.detergent, v.solvent_pct, v.detergent_pct, v.tolerance_pct) AS rests_on
FROM scope_viral_inactivation
JOIN standing.viral_inactivation AS b USING (plant, batch)
LEFT JOIN lineage.place AS pl ON pl.party = b.plant
LEFT JOIN reference.process_version AS v
    ON v.process_version = b.process_version
    AND v.in_force @> lineage.local_day(b.started_at, b.started_at_offset_min, pl.zone)
