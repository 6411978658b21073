-- Packs of these lots by where each was last known to be: {lot, whereabouts, holder, packs, vials}.
WITH RECURSIVE packs AS (
    SELECT DISTINCT node.node AS lot, pack.gtin, pack.serial, pack.vials, node.maker
    FROM lineage.node
    JOIN standing.pack ON pack.manufacturer = node.maker AND pack.lot_number = node.number
    WHERE node.node = ANY (:nodes) AND node.step = 'packed'
),
boxed (gtin, serial, sscc, packed_at, unpacked_at) AS (
    SELECT c.gtin, c.serial, c.sscc, c.packed_at, c.unpacked_at
    FROM packs
    JOIN standing.package_content AS c ON c.gtin = packs.gtin AND c.serial = packs.serial
    UNION
    SELECT boxed.gtin, boxed.serial, c.sscc, greatest(boxed.packed_at, c.packed_at),
        least(boxed.unpacked_at, c.unpacked_at)
    FROM boxed
    JOIN standing.package_content AS c ON c.child_sscc = boxed.sscc
),
sent (gtin, serial, from_party, shipment, item, to_party, shipped_at) AS (
    SELECT packs.gtin, packs.serial, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM packs
    JOIN standing.shipment AS s ON s.gtin = packs.gtin AND s.serial = packs.serial
    UNION
    SELECT boxed.gtin, boxed.serial, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM boxed
    JOIN standing.shipment AS s ON s.sscc = boxed.sscc
    WHERE s.serial IS NULL AND coalesce(s.shipped_at >= boxed.packed_at, true)
        AND coalesce(s.shipped_at <= boxed.unpacked_at, true)
),
moved AS (
    SELECT sent.gtin, sent.serial, sent.shipment, sent.to_party, d.to_party AS delivered_to,
        rank() OVER (PARTITION BY sent.gtin, sent.serial ORDER BY sent.shipped_at DESC NULLS FIRST) AS latest
    FROM sent
    LEFT JOIN standing.delivery AS d
        ON d.from_party = sent.from_party AND d.shipment = sent.shipment AND d.item = sent.item
),
ended AS (
    SELECT DISTINCT ON (f.gtin, f.serial) f.gtin, f.serial, f.kind, f.party,
        sum(coalesce(f.vials, 1)) OVER (PARTITION BY f.gtin, f.serial) AS vials
    FROM packs
    JOIN standing.vial_fate AS f ON f.gtin = packs.gtin AND f.serial = packs.serial
    ORDER BY f.gtin, f.serial, f.at DESC NULLS LAST
),
renamed AS (
    SELECT DISTINCT ON (r.gtin, r.serial) r.gtin, r.serial, r.party
    FROM packs
    JOIN standing.relabelling AS r ON r.gtin = packs.gtin AND r.serial = packs.serial
    ORDER BY r.gtin, r.serial, r.relabelled_at DESC NULLS LAST
),
placed AS (
    SELECT
        packs.lot, packs.vials,
        CASE
            WHEN used.given >= coalesce(packs.vials, 1) THEN 'given'
            WHEN used.given > 0 THEN 'partly given'
            WHEN renamed.serial IS NOT NULL THEN 'relabelled'
            WHEN ended.vials >= coalesce(packs.vials, 1) THEN coalesce(ended.kind, 'ended')
            WHEN used.dispensed >= coalesce(packs.vials, 1) THEN 'dispensed'
            WHEN used.dispensed > 0 THEN 'partly dispensed'
            WHEN used.place IS NOT NULL THEN 'prepared, not given'
            WHEN moved.shipment IS NULL THEN 'never shipped'
            WHEN moved.delivered_to IS NOT NULL THEN 'delivered'
            ELSE 'in transit'
        END AS whereabouts,
        CASE
            WHEN used.given > 0 THEN used.place
            WHEN renamed.serial IS NOT NULL THEN renamed.party
            WHEN ended.vials >= coalesce(packs.vials, 1) THEN ended.party
            WHEN used.place IS NOT NULL THEN used.place
            WHEN moved.shipment IS NULL THEN packs.maker
            ELSE coalesce(moved.delivered_to, moved.to_party)
        END AS holder
    FROM packs
    LEFT JOIN LATERAL (
        SELECT
            coalesce(sum(vials) FILTER (WHERE state = 'given'), 0) AS given,
            coalesce(sum(vials) FILTER (WHERE state = 'dispensed'), 0) AS dispensed,
            coalesce(max(place) FILTER (WHERE state = 'given'), max(place)) AS place
        FROM (
            SELECT record, key, min(state) AS state, max(vials) AS vials, max(place) AS place
            FROM lineage.vial
            WHERE vial.gtin = packs.gtin AND vial.serial = packs.serial
            GROUP BY record, key
        ) AS lines
    ) AS used ON true
    LEFT JOIN moved ON moved.gtin = packs.gtin AND moved.serial = packs.serial AND moved.latest = 1
    LEFT JOIN ended ON ended.gtin = packs.gtin AND ended.serial = packs.serial
    LEFT JOIN renamed ON renamed.gtin = packs.gtin AND renamed.serial = packs.serial
)
SELECT lot, whereabouts, holder, count(*) AS packs, coalesce(sum(vials), 0) AS vials
FROM placed
GROUP BY lot, whereabouts, holder
ORDER BY lot, whereabouts, holder
