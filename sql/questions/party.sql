-- What came to a party: the packed lots of packs that were shipped or delivered to it, counted, ended or
-- relabelled there, also in packages; and the lines of vials that are told from there: {donation_number, node, record, key}.
WITH RECURSIVE came (gtin, serial, lot_number, sscc) AS (
    SELECT s.gtin, s.serial, s.lot_number, s.sscc FROM standing.shipment AS s WHERE s.to_party = :name
    UNION
    SELECT s.gtin, s.serial, s.lot_number, s.sscc
    FROM standing.delivery AS d
    JOIN standing.shipment AS s USING (from_party, shipment, item)
    WHERE d.to_party = :name
    UNION
    SELECT gtin, serial, lot_number, NULL FROM standing.stock_count WHERE party = :name
    UNION
    SELECT gtin, serial, lot_number, NULL FROM standing.vial_fate WHERE party = :name
    UNION
    SELECT label.gtin, label.serial, NULL, NULL
    FROM standing.relabelling AS r
    CROSS JOIN LATERAL (VALUES (r.gtin, r.serial), (r.new_gtin, r.new_serial)) AS label (gtin, serial)
    WHERE r.party = :name
),
box (sscc) AS (  -- and the packages in them, at any depth
    SELECT sscc FROM came WHERE sscc IS NOT NULL AND serial IS NULL
    UNION
    SELECT c.child_sscc
    FROM box
    JOIN standing.package_content AS c USING (sscc)
    WHERE c.child_sscc IS NOT NULL
),
named (gtin, serial, lot_number) AS (
    SELECT gtin, serial, lot_number FROM came
    UNION
    SELECT c.gtin, c.serial, c.lot_number
    FROM box
    JOIN standing.package_content AS c USING (sscc)
),
pack (gtin, serial) AS (  -- and what they were called before
    SELECT gtin, serial FROM named WHERE serial IS NOT NULL
    UNION
    SELECT r.gtin, r.serial
    FROM pack
    JOIN standing.relabelling AS r ON r.new_gtin = pack.gtin AND r.new_serial = pack.serial
)
SELECT NULL AS donation_number, node.node, NULL AS record, NULL::jsonb AS key
FROM pack
JOIN standing.pack AS p USING (gtin, serial)
JOIN lineage.node ON node.maker = p.manufacturer AND node.number = p.lot_number AND node.step = 'packed'
UNION
SELECT NULL, node.node, NULL, NULL
FROM named
JOIN lineage.node ON node.number = named.lot_number AND node.step = 'packed'
-- A lot number beside a serial says no more than its pack does, where that is known.
WHERE NOT EXISTS (
    SELECT FROM standing.pack AS p
    WHERE p.gtin = named.gtin AND p.serial = named.serial AND p.lot_number IS NOT NULL
)
UNION
SELECT NULL, NULL, 'dispensing', jsonb_build_array(pharmacy, dispensing)
FROM standing.dispensing
WHERE pharmacy = :name
UNION
SELECT NULL, NULL, 'administration_vial', jsonb_build_array(site, administration, item::text)
FROM standing.administration_vial
WHERE site = :name
UNION
SELECT NULL, NULL, 'reconstitution_vial', jsonb_build_array(site, preparation, item::text)
FROM standing.reconstitution_vial
WHERE site = :name
