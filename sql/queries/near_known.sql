-- Known pools, lots and packs of which this is left, or what lies in one of these spans: {kind, name, gtin, node}.
WITH span AS (
    SELECT least, most, length, ending
    FROM unnest(
        CAST(:least AS text[]), CAST(:most AS text[]), CAST(:lengths AS integer[]), CAST(:endings AS text[])
    ) AS asked (least, most, length, ending)
),
packed AS (  -- each looked up by itself, by index: a few of many
    SELECT k.serial, k.gtin, k.manufacturer, k.lot_number
    FROM unnest(CAST(:skeletons AS text[])) AS asked (skeleton)
    CROSS JOIN LATERAL (
        SELECT pack.serial, pack.gtin, pack.manufacturer, pack.lot_number
        FROM accepted.pack
        WHERE lineage.skeleton(pack.serial) COLLATE "C" = asked.skeleton
        OFFSET 0
    ) AS k
    UNION
    SELECT k.serial, k.gtin, k.manufacturer, k.lot_number
    FROM span
    CROSS JOIN LATERAL (  -- some: a short name begins many
        SELECT pack.serial, pack.gtin, pack.manufacturer, pack.lot_number
        FROM accepted.pack
        WHERE lineage.skeleton(pack.serial) COLLATE "C" BETWEEN span.least AND span.most
            AND span.length IN (0, length(lineage.skeleton(pack.serial)))
            AND right(lineage.skeleton(pack.serial), length(span.ending)) = span.ending
        LIMIT :some
    ) AS k
)
SELECT n.step AS kind, n.number AS name, NULL AS gtin, n.node
FROM unnest(CAST(:skeletons AS text[])) AS asked (skeleton)
CROSS JOIN LATERAL (
    SELECT node.step, node.number, node.node
    FROM lineage.node
    WHERE lineage.skeleton(node.number) COLLATE "C" = asked.skeleton
    OFFSET 0
) AS n
UNION
SELECT n.step, n.number, NULL, n.node
FROM span
CROSS JOIN LATERAL (
    SELECT node.step, node.number, node.node
    FROM lineage.node
    WHERE lineage.skeleton(node.number) COLLATE "C" BETWEEN span.least AND span.most
        AND span.length IN (0, length(lineage.skeleton(node.number)))
        AND right(lineage.skeleton(node.number), length(span.ending)) = span.ending
    LIMIT :some
) AS n
UNION
SELECT 'pack', packed.serial, packed.gtin, node.node
FROM packed
LEFT JOIN lineage.node
    ON node.maker = packed.manufacturer AND node.number = packed.lot_number AND node.step = 'packed'
