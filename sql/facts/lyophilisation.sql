-- Drying runs in scope with their recipe.
CREATE TEMP TABLE fact_lyophilisation ON COMMIT DROP AS
SELECT
    c.plant, c.cycle, c.moisture_max_pct AS wettest_pct, r.recipe IS NOT NULL AS has_recipe, r.interval_s, r.pirani,
    r.probes, r.collapse_c, r.margin_c, r.end_ratio, r.end_min, r.moisture_max_pct
FROM scope_lyophilisation
JOIN standing.lyophilisation AS c USING (plant, cycle)
LEFT JOIN lineage.place AS pl ON pl.party = c.plant
LEFT JOIN reference.dryer_recipe AS r
    ON r.plant = c.plant AND r.recipe = c.recipe
    AND r.in_force @> lineage.local_day(c.loaded_at, c.loaded_at_offset_min, pl.zone)
