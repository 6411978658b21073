-- Who may have packs of these lots that are counted nowhere: who got what these open ends tell of, or a package in which, at
-- any depth, is what tells their number and no serial, or one of these packs; who counted one of these; and who counted by
-- number without saying when: {party}. ? is whoever is not named.
WITH RECURSIVE ours AS MATERIALIZED (
    SELECT DISTINCT number FROM lineage.node WHERE node = ANY (CAST(:nodes AS bigint[])) AND step = 'packed'
),
ends AS MATERIALIZED (
    SELECT record, key FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS e (record, key)
),
pack AS MATERIALIZED (
    SELECT key ->> 0 AS gtin, key ->> 1 AS serial FROM ends WHERE record = 'pack'
),
box (sscc, number) AS (  -- by what number what is in it is counted, if by one
    SELECT c.sscc, c.lot_number
    FROM ours
    JOIN standing.package_content AS c ON c.lot_number = ours.number
    WHERE c.serial IS NULL OR c.gtin IS NULL
    UNION
    SELECT key ->> 0, NULL FROM ends WHERE record IN ('package', 'package_content')
    UNION
    SELECT c.sscc, NULL
    FROM pack
    CROSS JOIN LATERAL (  -- looked up one by one, here and below: a few of many
        SELECT sscc FROM standing.package_content WHERE gtin = pack.gtin AND serial = pack.serial OFFSET 0
    ) AS c
    UNION
    SELECT c.sscc, box.number
    FROM box
    JOIN standing.package_content AS c ON c.child_sscc = box.sscc
),
sent AS (
    SELECT s.from_party, s.shipment, s.item, s.to_party
    FROM box
    CROSS JOIN LATERAL (
        SELECT from_party, shipment, item, to_party, lot_number FROM standing.shipment
        WHERE sscc = box.sscc AND serial IS NULL
        OFFSET 0
    ) AS s
    -- Else its packs are counted by that.
    WHERE (s.lot_number IS NULL OR s.lot_number IS DISTINCT FROM box.number)
    UNION
    SELECT s.from_party, s.shipment, s.item, s.to_party
    FROM pack
    CROSS JOIN LATERAL (
        SELECT from_party, shipment, item, to_party FROM standing.shipment
        WHERE gtin = pack.gtin AND serial = pack.serial
        OFFSET 0
    ) AS s
    UNION
    SELECT s.from_party, s.shipment, s.item, s.to_party
    FROM ends
    JOIN standing.shipment AS s ON s.from_party = ends.key ->> 0 AND s.shipment = ends.key ->> 1
        AND s.item = CAST(CASE WHEN ends.record IN ('shipment', 'delivery') THEN ends.key ->> 2 END AS integer)
    WHERE ends.record IN ('shipment', 'delivery')
),
came AS (
    SELECT d.from_party, d.shipment, d.item, d.to_party
    FROM sent
    CROSS JOIN LATERAL (
        SELECT from_party, shipment, item, to_party FROM standing.delivery
        WHERE from_party = sent.from_party AND shipment = sent.shipment AND item = sent.item AND to_party IS NOT NULL
        OFFSET 0
    ) AS d
    UNION
    SELECT d.from_party, d.shipment, d.item, d.to_party
    FROM ends
    JOIN standing.delivery AS d ON d.from_party = ends.key ->> 0 AND d.shipment = ends.key ->> 1
        AND d.item = CAST(CASE WHEN ends.record = 'delivery' THEN ends.key ->> 2 END AS integer)
    WHERE ends.record = 'delivery'
)
SELECT DISTINCT coalesce(found.party, '?') AS party
FROM (
    SELECT to_party AS party FROM came
    UNION ALL
    SELECT to_party
    FROM sent
    WHERE to_party IS NOT NULL OR (from_party, shipment, item) NOT IN (SELECT from_party, shipment, item FROM came)
    UNION ALL
    SELECT key ->> 0 FROM ends WHERE record IN ('stock_count', 'vial_fate')
    UNION ALL
    SELECT c.party
    FROM pack
    CROSS JOIN LATERAL (
        SELECT party, packs FROM standing.stock_count WHERE gtin = pack.gtin AND serial = pack.serial OFFSET 0
    ) AS c
    WHERE coalesce(c.packs, 1) > 0
    UNION ALL
    SELECT c.party
    FROM ours
    JOIN standing.stock_count AS c ON c.lot_number = ours.number
    WHERE (c.serial IS NULL OR c.gtin IS NULL) AND c.counted_at IS NULL
) AS found
ORDER BY party
