-- What pools and lots tell by which others are told from them: {node, maker, number, step, products, no_product, gtins,
-- no_gtin, made_at}. made_at: the earliest that a version tells, nothing where one tells none.
SELECT
    n.node, n.maker, n.number, n.step, coalesce(lot.products, '{}') AS products,
    n.step <> 'pool' AND coalesce(lot.no_product, true) AS no_product, coalesce(gtin.gtins, '{}') AS gtins,
    n.step = 'packed' AND coalesce(gtin.no_gtin, true) AS no_gtin, CASE WHEN lot.all_dated THEN lot.made_at END AS made_at
FROM lineage.node AS n
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT l.product) FILTER (WHERE l.product IS NOT NULL) AS products,
        bool_or(l.product IS NULL) AS no_product, min(l.made_at) AS made_at, bool_and(l.made_at IS NOT NULL) AS all_dated
    FROM standing.lot AS l
    WHERE l.manufacturer = n.maker AND l.lot_number = n.number AND l.step = n.step
    HAVING count(*) > 0
) AS lot ON true
LEFT JOIN LATERAL (
    -- One pack tells the lot's product as well as its record does; a pack of another is a finding of its own.
    SELECT array_agg(DISTINCT told.gtin) FILTER (WHERE told.gtin IS NOT NULL) AS gtins,
        coalesce(bool_and(told.gtin IS NULL), true) AS no_gtin
    FROM (
        SELECT l.gtin FROM standing.lot AS l
        WHERE l.manufacturer = n.maker AND l.lot_number = n.number AND l.step = 'packed'
        UNION
        SELECT p.gtin FROM standing.pack AS p
        WHERE p.manufacturer = n.maker AND p.lot_number = n.number
    ) AS told
    WHERE n.step = 'packed'
) AS gtin ON true
WHERE n.node = ANY (CAST(:nodes AS bigint[]))
ORDER BY n.node
