-- Refused lines of vials of these records of which a label can be read, with the packed lots that it leads to, by its pack
-- and by its number as of any line (docs/linking.md): {receipt, line, gtin, serial, lot_number, vials, lots}.
WITH RECURSIVE told AS MATERIALIZED (
    SELECT refused.receipt, refused.line, label.gtin, label.serial, label.lot_number, label.vials
    FROM receiving.refused
    JOIN receiving.receipt USING (receipt)
    CROSS JOIN LATERAL jsonb_to_record(refused.label) AS label (gtin text, serial text, lot_number text, vials integer)
    WHERE receipt.record = ANY (CAST(:records AS text[]))
        AND (label.lot_number IS NOT NULL OR label.serial IS NOT NULL)
),
named (receipt, line, gtin, serial) AS (  -- the pack, and each that it was relabelled from
    SELECT receipt, line, gtin, serial FROM told WHERE gtin IS NOT NULL AND serial IS NOT NULL
    UNION
    SELECT named.receipt, named.line, r.gtin, r.serial
    FROM named
    JOIN standing.relabelling AS r ON r.new_gtin = named.gtin AND r.new_serial = named.serial
),
reached (receipt, line, node) AS MATERIALIZED (
    SELECT named.receipt, named.line, packed.node
    FROM named
    CROSS JOIN LATERAL (  -- looked up one by one: a few of many
        SELECT node.node
        FROM standing.pack
        JOIN lineage.node ON node.maker = pack.manufacturer AND node.number = pack.lot_number AND node.step = 'packed'
        WHERE pack.gtin = named.gtin AND pack.serial = named.serial
        OFFSET 0
    ) AS packed
    UNION
    SELECT told.receipt, told.line, node.node
    FROM told
    JOIN standing.lot
        ON lot.lot_number = told.lot_number AND lot.step = 'packed'
        AND (told.gtin IS NULL OR lot.gtin IS NULL OR lot.gtin = told.gtin)
    JOIN lineage.node ON node.maker = lot.manufacturer AND node.number = lot.lot_number AND node.step = 'packed'
),
led (receipt, line, lots) AS (
    SELECT receipt, line, array_agg(node ORDER BY node) FROM reached GROUP BY receipt, line
)
SELECT told.receipt, told.line, told.gtin, told.serial, told.lot_number, nullif(told.vials, 0) AS vials, coalesce(led.lots, '{}') AS lots
FROM told
FULL JOIN led USING (receipt, line)
ORDER BY told.receipt, told.line
