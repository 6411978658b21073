-- Packs of these lots by where each was last known to be: {lot, whereabouts, holder, packs, vials}.
WITH packs AS (
    SELECT DISTINCT node.node AS lot, pack.gtin, pack.serial, pack.vials, node.maker
    FROM lineage.node
    JOIN standing.pack ON pack.manufacturer = node.maker AND pack.lot_number = node.number
    WHERE node.node = ANY (:nodes) AND node.step = 'packed'
),
placed AS (
    SELECT
        packs.lot, packs.vials,
        CASE
            WHEN used.given >= coalesce(packs.vials, 1) THEN 'given'
            WHEN used.given > 0 THEN 'partly given'
            WHEN renamed.new_serial IS NOT NULL THEN 'relabelled'
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
            WHEN renamed.new_serial IS NOT NULL THEN renamed.party
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
    LEFT JOIN LATERAL (
        WITH RECURSIVE box (sscc, packed_at, unpacked_at) AS (
            SELECT c.sscc, c.packed_at, c.unpacked_at
            FROM standing.package_content AS c
            WHERE c.gtin = packs.gtin AND c.serial = packs.serial
            UNION
            SELECT c.sscc, greatest(box.packed_at, c.packed_at), least(box.unpacked_at, c.unpacked_at)
            FROM box
            JOIN standing.package_content AS c ON c.child_sscc = box.sscc
        ),
        sent (from_party, shipment, item, to_party, shipped_at) AS (
            SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
            FROM standing.shipment AS s
            WHERE s.gtin = packs.gtin AND s.serial = packs.serial
            UNION
            SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
            FROM box
            JOIN standing.shipment AS s ON s.sscc = box.sscc
            WHERE s.serial IS NULL AND coalesce(s.shipped_at >= box.packed_at, true)
                AND coalesce(s.shipped_at <= box.unpacked_at, true)
        )
        SELECT sent.shipment, sent.to_party, d.to_party AS delivered_to
        FROM sent
        LEFT JOIN standing.delivery AS d
            ON d.from_party = sent.from_party AND d.shipment = sent.shipment AND d.item = sent.item
        ORDER BY sent.shipped_at DESC NULLS FIRST
        FETCH FIRST 1 ROW WITH TIES
    ) AS moved ON true
    LEFT JOIN LATERAL (
        SELECT f.kind, f.party, sum(coalesce(f.vials, 1)) OVER () AS vials
        FROM standing.vial_fate AS f
        WHERE f.gtin = packs.gtin AND f.serial = packs.serial
        ORDER BY f.at DESC NULLS LAST
        LIMIT 1
    ) AS ended ON true
    LEFT JOIN LATERAL (
        SELECT r.party, r.new_serial
        FROM standing.relabelling AS r
        WHERE r.gtin = packs.gtin AND r.serial = packs.serial
        ORDER BY r.relabelled_at DESC NULLS LAST
        LIMIT 1
    ) AS renamed ON true
)
SELECT lot, whereabouts, holder, count(*) AS packs, coalesce(sum(vials), 0) AS vials
FROM placed
GROUP BY lot, whereabouts, holder
ORDER BY lot, whereabouts, holder
