-- P04.draw: pools took no more from a unit than it holds.
SELECT
    f.unit,
    CASE
        WHEN d.unit IS NULL THEN 'not_applicable'
        WHEN d.volume_ml > f.volume_ml THEN 'finding'
        WHEN f.volume_ml IS NULL OR d.unknown THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    d.volume_ml::text AS rests_on
FROM fact_unit AS f
LEFT JOIN fact_drawn AS d USING (unit)
