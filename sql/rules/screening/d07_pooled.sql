-- D07.pooled: no unit of a donation that was found reactive, or whose donor was, is in a pool.
SELECT
    f.plant, f.pool_number, f.unit,
    CASE
        WHEN f.donation_number IS NULL THEN 'pending'
        WHEN o.finding THEN 'finding'
        WHEN o.pending THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    o.rests_on
FROM fact_pool_unit AS f
LEFT JOIN (
    SELECT subject ->> 0 AS donation_number, bool_or(outcome = 'finding') AS finding,
        bool_or(rule = 'D07' AND outcome = 'pending') AS pending,
        string_agg(rests_on, ' ' ORDER BY rule) FILTER (WHERE outcome = 'finding') AS rests_on
    FROM judged.outcome
    WHERE rule IN ('D07', 'D07.earlier')
    GROUP BY subject ->> 0
) AS o USING (donation_number)
