-- What pools took from the units in scope.
CREATE TEMP TABLE fact_drawn ON COMMIT DROP AS
SELECT unit, count(*) AS pools, sum(volume_ml) AS volume_ml, bool_or(unknown) AS unknown,
    string_agg(concat_ws('/', plant, pool_number), ' ' ORDER BY plant, pool_number) AS named
FROM (
    SELECT p.unit, p.plant, p.pool_number, max(p.volume_ml) AS volume_ml, bool_or(p.volume_ml IS NULL) AS unknown
    FROM scope_unit
    JOIN standing.pool_unit AS p USING (unit)
    GROUP BY p.unit, p.plant, p.pool_number
) AS draw
GROUP BY unit
