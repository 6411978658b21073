-- S02: a packed lot passed every test that its product asks for, within the limits.
WITH asked AS (
    SELECT f.manufacturer, f.lot_number, f.step, f.gtin, f.day, s.test, s.low, s.high, s.value_unit, m.base, m.size
    FROM fact_lot AS f
    LEFT JOIN reference.lot_test_specification AS s ON s.gtin = f.gtin AND s.in_force @> f.day
    LEFT JOIN fact_measure AS m ON m.spelling = replace(s.value_unit, ' ', '')
),
-- A limit is compared in one unit, or where both are written the same; what cannot be compared never counts as passed.
tested AS (
    SELECT t.manufacturer, t.lot_number, t.test, t.step, t.run, t.conclusion, t.value, t.value_unit, m.base, m.size,
        c.versions, encode(t.content, 'hex') AS content,
        t.unread ->> 'value' IS NOT NULL OR t.value IS NOT NULL AS measured,
        t.unread ->> 'value_unit' IS NULL AS told
    FROM standing.lot_test AS t
    LEFT JOIN fact_measure AS m ON m.spelling = replace(t.value_unit, ' ', '')
    LEFT JOIN judged.contested AS c
        ON c.record = 'lot_test'
        AND c.key = jsonb_build_array(t.manufacturer, t.lot_number, t.step, t.test, t.run::text)
    WHERE t.step IN ('dried', 'packed') AND t.conclusion IS DISTINCT FROM 'invalid'
),
compared AS (
    SELECT a.manufacturer, a.lot_number, a.step, a.gtin, a.day, a.test, a.low, a.high, a.value_unit, t.conclusion,
        t.measured, t.step AS tested_step, t.run, t.versions, t.content,
        CASE WHEN a.base = t.base THEN t.value * t.size
            WHEN t.told AND t.value_unit IS NOT DISTINCT FROM a.value_unit THEN t.value END AS value,
        CASE WHEN a.base = t.base THEN a.size ELSE 1 END AS size
    FROM asked AS a
    LEFT JOIN tested AS t
        ON t.manufacturer = a.manufacturer AND t.lot_number = a.lot_number AND t.test = a.test
),
result AS (  -- of each run: a contested one passed only by all of its versions, those that are invalid among them
    SELECT manufacturer, lot_number, step, gtin, day, test, low, high, value_unit,
        coalesce(bool_or(conclusion = 'failed' OR value < low * size OR value > high * size), false) AS failed,
        string_agg(concat_ws('/', content, low, high), ' ' ORDER BY content)
            FILTER (WHERE conclusion = 'failed' OR value < low * size OR value > high * size) AS rests_on,
        count(*) FILTER (WHERE conclusion = 'passed' AND (low IS NULL AND high IS NULL OR value IS NOT NULL))
            = coalesce(max(versions), 1) AS passed,
        coalesce(bool_or(measured AND value IS NULL AND (low IS NOT NULL OR high IS NOT NULL)), false) AS apart
    FROM compared
    GROUP BY manufacturer, lot_number, step, gtin, day, test, low, high, value_unit, tested_step, run
),
-- Of several runs one that failed counts, whatever the others say.
judged AS (
    SELECT manufacturer, lot_number, step, gtin, day, test, bool_or(failed) AS failed, bool_or(passed) AS passed,
        bool_or(apart) AS apart, string_agg(DISTINCT rests_on, ' ' ORDER BY rests_on) AS rests_on
    FROM result
    GROUP BY manufacturer, lot_number, step, gtin, day, test, low, high, value_unit
)
SELECT
    manufacturer, lot_number, step,
    CASE WHEN bool_or(failed) THEN 'finding' WHEN bool_or(test IS NULL OR NOT passed) THEN 'pending' ELSE 'pass' END
        AS outcome,
    string_agg(DISTINCT rests_on, ' ' ORDER BY rests_on) AS rests_on,
    CASE
        WHEN bool_or(apart AND NOT passed) THEN 'a value that cannot be compared with its limit'
        WHEN bool_or(test IS NULL) THEN 'the lot''s day or product, or its specification'
        ELSE 'a test'
    END AS waits_for
FROM judged
GROUP BY manufacturer, lot_number, step, gtin, day
