-- The way of a pack under its names, told of itself or of a package that it was in, the earliest first: {moved, at,
-- from_party, to_party, told, record, key}.
WITH RECURSIVE named AS MATERIALIZED (
    SELECT gtin, serial FROM unnest(CAST(:gtins AS text[]), CAST(:serials AS text[])) AS name (gtin, serial)
),
box (sscc, packed_at, unpacked_at) AS (  -- from when to when it was in each package, at any depth
    SELECT c.sscc, c.packed_at, c.unpacked_at
    FROM named
    JOIN standing.package_content AS c USING (gtin, serial)
    UNION
    SELECT c.sscc, greatest(box.packed_at, c.packed_at), least(box.unpacked_at, c.unpacked_at)
    FROM box
    JOIN standing.package_content AS c ON c.child_sscc = box.sscc
),
sent AS (
    SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at, s.kind, NULL AS sscc
    FROM named
    JOIN standing.shipment AS s USING (gtin, serial)
    UNION
    SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at, s.kind, s.sscc
    FROM box
    JOIN standing.shipment AS s ON s.sscc = box.sscc AND s.serial IS NULL
    -- A package moves what was in it then: what is not dated may have been.
    WHERE coalesce(s.shipped_at >= box.packed_at, true) AND coalesce(s.shipped_at <= box.unpacked_at, true)
),
moved (moved, at, from_party, to_party, told, record, key) AS (
    SELECT 'packed into ' || c.sscc, c.packed_at, NULL, NULL,
        CASE WHEN c.unpacked_at IS NOT NULL THEN 'until ' || to_char(c.unpacked_at, 'YYYY-MM-DD HH24:MI') END,
        'package_content', jsonb_build_array(c.sscc, c.item::text)
    FROM named
    JOIN standing.package_content AS c USING (gtin, serial)
    UNION ALL
    SELECT 'shipped', shipped_at, from_party, to_party, concat_ws(', ', kind, 'in package ' || sscc), 'shipment',
        jsonb_build_array(from_party, shipment, item::text)
    FROM sent
    UNION ALL
    SELECT 'delivered', d.delivered_at, sent.from_party, d.to_party,
        CASE d.packs WHEN 1 THEN '1 pack received' ELSE d.packs || ' packs received' END, 'delivery',
        jsonb_build_array(d.from_party, d.shipment, d.item::text)
    FROM (SELECT DISTINCT from_party, shipment, item FROM sent) AS sent
    JOIN standing.delivery AS d USING (from_party, shipment, item)
    UNION ALL
    SELECT 'counted', c.counted_at, NULL, c.party,
        CASE WHEN c.packs IS NOT NULL THEN c.packs || ' packs found' END, 'stock_count',
        jsonb_build_array(c.party, c.stocktake, c.item::text)
    FROM named
    JOIN standing.stock_count AS c USING (gtin, serial)
    UNION ALL
    SELECT 'relabelled', r.relabelled_at, NULL, r.party, 'as ' || r.new_gtin || '/' || r.new_serial, 'relabelling',
        jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial)
    FROM named
    JOIN standing.relabelling AS r USING (gtin, serial)
    UNION ALL
    SELECT coalesce(f.kind, 'ended'), f.at, NULL, f.party,
        CASE WHEN f.vials IS NOT NULL THEN f.vials || ' vials' END, 'vial_fate', jsonb_build_array(f.party, f.fate)
    FROM named
    JOIN standing.vial_fate AS f USING (gtin, serial)
)
SELECT moved, at, from_party, to_party, coalesce(told, '') AS told, record, key
FROM moved
ORDER BY at NULLS FIRST, record, key
