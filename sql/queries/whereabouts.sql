-- Packs of these lots by where each was last known to be: {lot, whereabouts, holder, packs, vials}.
-- Each fact is gathered once for all of the packs: what is many is looked up by its index. FULL JOIN: every fact is of
-- one of the packs, and such a join never compares all with all, however few it expects.
WITH RECURSIVE packs AS MATERIALIZED (
    SELECT DISTINCT node.node AS lot, pack.gtin, pack.serial, pack.vials, node.maker
    FROM lineage.node
    JOIN standing.pack ON pack.manufacturer = node.maker AND pack.lot_number = node.number
    WHERE node.node = ANY (:nodes) AND node.step = 'packed'
),
named AS MATERIALIZED (
    SELECT DISTINCT gtin, serial FROM packs
),
line AS (
    SELECT gtin, serial, min(vial.state) AS state, max(vial.vials) AS vials, max(vial.place) AS place
    FROM named
    JOIN lineage.vial USING (gtin, serial)
    GROUP BY gtin, serial, vial.record, vial.key
),
used AS (
    SELECT
        gtin, serial,
        coalesce(sum(vials) FILTER (WHERE state = 'given'), 0) AS given,
        coalesce(sum(vials) FILTER (WHERE state = 'dispensed'), 0) AS dispensed,
        coalesce(max(place) FILTER (WHERE state = 'given'), max(place)) AS place
    FROM line
    GROUP BY gtin, serial
),
box (gtin, serial, sscc, packed_at, unpacked_at) AS (
    SELECT named.gtin, named.serial, c.sscc, c.packed_at, c.unpacked_at
    FROM named
    JOIN standing.package_content AS c USING (gtin, serial)
    UNION
    SELECT box.gtin, box.serial, c.sscc, greatest(box.packed_at, c.packed_at),
        least(box.unpacked_at, c.unpacked_at)
    FROM box
    CROSS JOIN LATERAL (
        SELECT sscc, packed_at, unpacked_at FROM standing.package_content
        WHERE child_sscc = box.sscc
        OFFSET 0
    ) AS c
),
sent AS (
    SELECT named.gtin, named.serial, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM named
    JOIN standing.shipment AS s USING (gtin, serial)
    UNION
    SELECT box.gtin, box.serial, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM box
    CROSS JOIN LATERAL (
        SELECT from_party, shipment, item, to_party, shipped_at FROM standing.shipment
        WHERE sscc = box.sscc AND serial IS NULL
        OFFSET 0
    ) AS s
    WHERE coalesce(s.shipped_at >= box.packed_at, true)
        AND coalesce(s.shipped_at <= box.unpacked_at, true)
),
last_sent AS (
    SELECT
        gtin, serial, from_party, shipment, item, to_party,
        rank() OVER (PARTITION BY gtin, serial ORDER BY shipped_at DESC NULLS FIRST) AS nth
    FROM sent
),
moved AS (
    SELECT last_sent.gtin, last_sent.serial, shipment, last_sent.to_party, d.to_party AS delivered_to
    FROM last_sent
    LEFT JOIN standing.delivery AS d USING (from_party, shipment, item)
    WHERE nth = 1
),
ended AS (
    SELECT DISTINCT ON (gtin, serial)
        gtin, serial, f.kind, f.party,
        sum(coalesce(f.vials, 1)) OVER (PARTITION BY gtin, serial) AS vials
    FROM named
    JOIN standing.vial_fate AS f USING (gtin, serial)
    ORDER BY gtin, serial, f.at DESC NULLS LAST, f.party, f.fate
),
renamed AS (
    SELECT DISTINCT ON (gtin, serial) gtin, serial, r.party, r.new_serial
    FROM named
    JOIN standing.relabelling AS r USING (gtin, serial)
    ORDER BY gtin, serial, r.relabelled_at DESC NULLS LAST, r.new_gtin, r.new_serial
),
placed AS (
    SELECT
        packs.lot, packs.vials,
        CASE
            WHEN coalesce(used.given, 0) >= coalesce(packs.vials, 1) THEN 'given'
            WHEN used.given > 0 THEN 'partly given'
            WHEN renamed.new_serial IS NOT NULL THEN 'relabelled'
            WHEN ended.vials >= coalesce(packs.vials, 1) THEN coalesce(ended.kind, 'ended')
            WHEN coalesce(used.dispensed, 0) >= coalesce(packs.vials, 1) THEN 'dispensed'
            WHEN used.dispensed > 0 THEN 'partly dispensed'
            WHEN used.place IS NOT NULL THEN 'prepared, not given'
            WHEN moved.shipment IS NULL THEN 'never shipped'
            WHEN moved.delivered_to IS NOT NULL THEN 'delivered'
            ELSE 'in transit'
        END AS whereabouts,
        CASE
            WHEN used.given > 0 THEN used.place
            WHEN renamed.new_serial IS NOT NULL THEN renamed.party
            WHEN ended.vials >= coalesce(packs.vials, 1) THEN ended.party
            WHEN used.place IS NOT NULL THEN used.place
            WHEN moved.shipment IS NULL THEN packs.maker
            ELSE coalesce(moved.delivered_to, moved.to_party)
        END AS holder
    FROM packs
    FULL JOIN used USING (gtin, serial)
    FULL JOIN moved USING (gtin, serial)
    FULL JOIN ended USING (gtin, serial)
    FULL JOIN renamed USING (gtin, serial)
)
SELECT lot, whereabouts, holder, count(*) AS packs, coalesce(sum(vials), 0) AS vials
FROM placed
GROUP BY lot, whereabouts, holder
ORDER BY lot, whereabouts, holder
