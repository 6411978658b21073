-- P05: a unit is in one pool.
SELECT
    f.unit,
    CASE WHEN d.unit IS NULL THEN 'not_applicable' WHEN d.pools > 1 THEN 'finding' ELSE 'pass' END AS outcome,
    d.named AS rests_on
FROM fact_unit AS f
LEFT JOIN fact_drawn AS d USING (unit)
