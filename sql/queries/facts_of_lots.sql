-- What pools and lots tell by which others are told from them, of all that tell the same at once, each by itself where apart:
-- {nodes, numbers, maker, step, products, no_product, gtins, no_gtin, made_at, first_made}. made_at: the earliest that a version tells,
-- nothing where one tells none; first_made: the earliest all the same, of a
-- pool when it was pooled.
WITH wanted AS MATERIALIZED (
    SELECT n.node, n.maker, n.number, n.step FROM lineage.node AS n WHERE n.node = ANY (CAST(:nodes AS bigint[]))
),
record AS MATERIALIZED (  -- all at once: twice as quick as one by one
    SELECT l.manufacturer, l.lot_number, l.step, l.product, l.gtin, l.made_at
    FROM standing.lot AS l
    WHERE l.lot_number = ANY (ARRAY(SELECT wanted.number FROM wanted))
    UNION ALL
    SELECT x.supplier, x.lot_number, 'external', x.product, NULL, NULL
    FROM standing.external_lot AS x
    WHERE x.lot_number = ANY (ARRAY(SELECT wanted.number FROM wanted WHERE wanted.step = 'external'))
),
lot AS (
    SELECT n.node, array_agg(DISTINCT l.product) FILTER (WHERE l.product IS NOT NULL) AS products,
        bool_or(l.product IS NULL) AS no_product, min(l.made_at) AS made_at, bool_and(l.made_at IS NOT NULL) AS all_dated
    FROM wanted AS n
    JOIN record AS l ON l.manufacturer = n.maker AND l.lot_number = n.number AND l.step = n.step
    GROUP BY n.node
),
pool AS (
    SELECT n.node, min(p.pooled_at) AS pooled_at
    FROM wanted AS n
    JOIN standing.pool AS p ON p.plant = n.maker AND p.pool_number = n.number
    WHERE n.step = 'pool'
    GROUP BY n.node
),
told AS (  -- one pack tells the lot's product as well as its record does; a pack of another is a finding of its own
    SELECT n.node, l.gtin
    FROM wanted AS n
    JOIN record AS l ON l.manufacturer = n.maker AND l.lot_number = n.number AND l.step = 'packed'
    WHERE n.step = 'packed'
    UNION
    SELECT n.node, p.gtin
    FROM wanted AS n
    JOIN lineage.lot_pack AS p ON p.lot = n.node
    WHERE n.step = 'packed'
),
gtin AS (
    SELECT node, array_agg(DISTINCT told.gtin) FILTER (WHERE told.gtin IS NOT NULL) AS gtins,
        bool_and(told.gtin IS NULL) AS no_gtin
    FROM told
    GROUP BY node
)
SELECT
    array_agg(n.node ORDER BY n.number COLLATE "C", n.node) AS nodes,
    array_agg(n.number ORDER BY n.number COLLATE "C", n.node) AS numbers,
    n.maker, n.step, coalesce(lot.products, '{}') AS products, n.step <> 'pool' AND coalesce(lot.no_product, true) AS no_product,
    coalesce(gtin.gtins, '{}') AS gtins, n.step = 'packed' AND coalesce(gtin.no_gtin, true) AS no_gtin,
    CASE WHEN bool_and(coalesce(lot.all_dated, false)) THEN min(lot.made_at) END AS made_at,
    min(coalesce(lot.made_at, pool.pooled_at)) AS first_made
FROM wanted AS n
FULL JOIN pool USING (node)
FULL JOIN lot USING (node)
FULL JOIN gtin USING (node)
GROUP BY n.maker, n.step, coalesce(lot.products, '{}'), n.step <> 'pool' AND coalesce(lot.no_product, true),
    coalesce(gtin.gtins, '{}'), n.step = 'packed' AND coalesce(gtin.no_gtin, true),
    CASE WHEN CAST(:apart AS boolean) THEN n.node END
