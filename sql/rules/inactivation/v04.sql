-- V04: what is left of solvent and detergent is within the limits of the process.
SELECT
    b.plant, b.batch,
    CASE
        WHEN v.process_version IS NULL THEN 'pending'
        WHEN v.residual_solvent_max_ug_ml IS NULL AND v.residual_detergent_max_ug_ml IS NULL THEN 'not_applicable'
        WHEN b.residual_solvent_ug_ml > v.residual_solvent_max_ug_ml
            OR b.residual_detergent_ug_ml > v.residual_detergent_max_ug_ml THEN 'finding'
        WHEN v.residual_solvent_max_ug_ml IS NOT NULL AND b.residual_solvent_ug_ml IS NULL
            OR v.residual_detergent_max_ug_ml IS NOT NULL AND b.residual_detergent_ug_ml IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', v.residual_solvent_max_ug_ml, v.residual_detergent_max_ug_ml) AS rests_on
FROM scope_viral_inactivation
JOIN standing.viral_inactivation AS b USING (plant, batch)
LEFT JOIN lineage.place AS pl ON pl.party = b.plant
LEFT JOIN reference.process_version AS v
    ON v.process_version = b.process_version
    AND v.in_force @> lineage.local_day(b.started_at, b.started_at_offset_min, pl.zone)
