-- To whom what may be packs of these lots was shipped, or where it was delivered, counted or ended, by rows that were refused and
-- that nothing has settled: {party}. ? where that cannot be read.
WITH ours AS MATERIALIZED (
    SELECT n.node, told.gtins
    FROM lineage.node AS n
    CROSS JOIN LATERAL (
        SELECT array_agg(one.gtin) AS gtins
        FROM (
            SELECT l.gtin FROM standing.lot AS l
            WHERE l.manufacturer = n.maker AND l.lot_number = n.number AND l.step = 'packed' AND l.gtin IS NOT NULL
            UNION
            SELECT p.gtin FROM lineage.lot_pack AS p WHERE p.lot = n.node
        ) AS one
    ) AS told
    WHERE n.node = ANY (CAST(:nodes AS bigint[])) AND n.step = 'packed'
),
refused AS MATERIALIZED (
    SELECT row.receipt, row.line,
        coalesce(row.possible -> 'to' ->> 0, row.possible -> 'party' ->> 0, '?') AS party,
        row.possible -> 'pack' ->> 0 AS gtin, row.possible -> 'pack' ->> 1 AS serial
    FROM receiving.receipt
    JOIN receiving.refused AS row USING (receipt)
    WHERE receipt.record IN ('shipment', 'delivery', 'stock_count', 'vial_fate', 'package_content')
),
named AS (
    SELECT DISTINCT party FROM refused
)
SELECT named.party
FROM named
CROSS JOIN LATERAL (  -- the first of them decides: few parties are told of by many rows
    SELECT 1 AS found
    FROM refused
    WHERE refused.party = named.party
        AND CASE
            WHEN EXISTS (SELECT FROM standing.pack AS p WHERE p.gtin = refused.gtin AND p.serial = refused.serial) THEN EXISTS (
                SELECT FROM standing.pack AS p
                JOIN lineage.node AS n ON n.maker = p.manufacturer AND n.number = p.lot_number AND n.step = 'packed'
                WHERE p.gtin = refused.gtin AND p.serial = refused.serial AND n.node IN (SELECT ours.node FROM ours)
            )
            ELSE EXISTS (SELECT FROM ours WHERE refused.gtin IS NULL OR ours.gtins IS NULL OR refused.gtin = ANY (ours.gtins))
        END
        AND (
            SELECT count(*)  -- asked of each of these few: a join would look at all that was ever refused
            FROM judged.refused_settled AS settled
            WHERE settled.receipt = refused.receipt AND settled.line = refused.line
        ) = 0
    LIMIT 1
) AS first
ORDER BY named.party
