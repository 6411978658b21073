-- Parked links that name one of these numbers, or that name nothing and so could belong to any lot:
-- {record, key, link, target, anywhere}.
WITH far AS MATERIALIZED (
    SELECT record, key, link, target, names
    FROM lineage.parked_shown AS parked
    -- A line that one way led to a lot is in the answer that asks for this lot; one that no way led
    -- anywhere may be of any.
    WHERE link IN ('pack', 'vial', 'preparation') AND NOT EXISTS (
        SELECT FROM lineage.vial WHERE vial.record = parked.record AND vial.key = parked.key
    )
),
near AS (  -- joined: many numbers are not compared with each name in turn
    SELECT parked.record, parked.key, parked.link, parked.target, parked.names
    FROM lineage.parked_shown AS parked
    CROSS JOIN LATERAL jsonb_array_elements_text(parked.names) AS name
    JOIN unnest(CAST(:numbers AS text[])) AS asked (number) ON asked.number = name
    -- Told once, by the graver of the two.
    EXCEPT
    SELECT record, key, link, target, names FROM far
)
SELECT record, key, link, target, true AS anywhere FROM far
UNION ALL
SELECT record, key, link, target, false FROM near
ORDER BY record, key, link
