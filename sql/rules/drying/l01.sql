-- L01: no vial is wetter than the recipe allows.
SELECT
    f.plant, f.cycle,
    CASE
        WHEN NOT f.has_recipe THEN 'pending'
        WHEN f.moisture_max_pct IS NULL THEN 'not_applicable'
        WHEN f.wettest_pct IS NULL THEN 'pending'
        WHEN f.wettest_pct > f.moisture_max_pct THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', f.wettest_pct, f.moisture_max_pct) AS rests_on
FROM fact_lyophilisation AS f
