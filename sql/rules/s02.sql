-- S02: a packed lot passed every test that its product asks for, within the limits.
WITH asked AS (
    SELECT f.manufacturer, f.lot_number, f.step, f.gtin, f.day, s.test, s.low, s.high, s.value_unit
    FROM fact_lot AS f
    LEFT JOIN reference.lot_test_specification AS s ON s.gtin = f.gtin AND s.in_force @> f.day
),
judged AS (
    SELECT a.manufacturer, a.lot_number, a.step, a.gtin, a.day, a.test, a.low, a.high, a.value_unit,
        coalesce(bool_or(
            t.conclusion = 'failed' OR t.value_unit IS NOT DISTINCT FROM a.value_unit AND (t.value < a.low OR t.value > a.high)
        ), false) AS failed,
        coalesce(bool_or(
            t.conclusion = 'passed' AND (
                a.low IS NULL AND a.high IS NULL
                OR t.value IS NOT NULL AND t.value_unit IS NOT DISTINCT FROM a.value_unit
            )
        ), false) AS passed
    FROM asked AS a
    LEFT JOIN standing.lot_test AS t
        ON t.manufacturer = a.manufacturer AND t.lot_number = a.lot_number AND t.step IN ('dried', 'packed')
        AND t.test = a.test AND t.conclusion IS DISTINCT FROM 'invalid'
    GROUP BY a.manufacturer, a.lot_number, a.step, a.gtin, a.day, a.test, a.low, a.high, a.value_unit
)
SELECT
    manufacturer, lot_number, step,
    CASE WHEN bool_or(failed) THEN 'finding' WHEN bool_or(test IS NULL OR NOT passed) THEN 'pending' ELSE 'pass' END
        AS outcome
FROM judged
GROUP BY manufacturer, lot_number, step, gtin, day
