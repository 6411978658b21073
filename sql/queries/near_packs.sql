-- Packs of which this is left, or what lies in one of these spans, and their lots: {kind, name, gtin, node}.
WITH span AS (
    SELECT least, most, length, ending
    FROM unnest(
        CAST(:least AS text[]), CAST(:most AS text[]), CAST(:lengths AS integer[]), CAST(:endings AS text[])
    ) AS asked (least, most, length, ending)
),
found AS (
    SELECT k.serial, k.gtin, k.manufacturer, k.lot_number
    FROM unnest(CAST(:skeletons AS text[])) AS asked (skeleton)
    CROSS JOIN LATERAL (  -- each looked up by itself, by index: a few of many
        SELECT pack.serial, pack.gtin, pack.manufacturer, pack.lot_number
        FROM accepted.pack
        WHERE lineage.skeleton(pack.serial) COLLATE "C" = asked.skeleton
        OFFSET 0
    ) AS k
    UNION
    SELECT k.serial, k.gtin, k.manufacturer, k.lot_number
    FROM span
    CROSS JOIN LATERAL (
        SELECT pack.serial, pack.gtin, pack.manufacturer, pack.lot_number
        FROM accepted.pack
        WHERE lineage.skeleton(pack.serial) COLLATE "C" BETWEEN span.least AND span.most
            AND span.length IN (0, length(lineage.skeleton(pack.serial)))
            AND right(lineage.skeleton(pack.serial), length(span.ending)) = span.ending
        OFFSET 0
    ) AS k
)
SELECT 'pack' AS kind, found.serial AS name, found.gtin, node.node
FROM found
JOIN lineage.node ON node.maker = found.manufacturer AND node.number = found.lot_number AND node.step = 'packed'
