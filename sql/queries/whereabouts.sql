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
            WHEN used.dispensed >= coalesce(packs.vials, 1) THEN 'dispensed'
            WHEN used.dispensed > 0 THEN 'partly dispensed'
            WHEN used.place IS NOT NULL THEN 'prepared, not given'
            WHEN moved.shipment IS NULL THEN 'never shipped'
            WHEN moved.delivered_to IS NOT NULL THEN 'delivered'
            ELSE 'in transit'
        END AS whereabouts,
        CASE
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
        SELECT s.shipment, s.to_party, d.to_party AS delivered_to
        FROM standing.shipment AS s
        LEFT JOIN standing.delivery AS d
            ON d.from_party = s.from_party AND d.shipment = s.shipment AND d.item = s.item
        WHERE s.gtin = packs.gtin AND s.serial = packs.serial
        ORDER BY s.shipped_at DESC NULLS FIRST
        FETCH FIRST 1 ROW WITH TIES
    ) AS moved ON true
)
SELECT lot, whereabouts, holder, count(*) AS packs, coalesce(sum(vials), 0) AS vials
FROM placed
GROUP BY lot, whereabouts, holder
ORDER BY lot, whereabouts, holder
