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
            WHEN used.given THEN 'given'
            WHEN used.dispensed THEN 'dispensed'
            WHEN moved.shipment IS NULL THEN 'never shipped'
            WHEN moved.delivered THEN 'delivered'
            ELSE 'in transit'
        END AS whereabouts,
        CASE
            WHEN used.place IS NOT NULL THEN used.place
            WHEN moved.shipment IS NULL THEN packs.maker
            ELSE moved.to_party
        END AS holder
    FROM packs
    LEFT JOIN LATERAL (
        SELECT bool_or(state = 'given') AS given, bool_or(state <> 'given') AS dispensed,
            coalesce(max(place) FILTER (WHERE state = 'given'), max(place)) AS place
        FROM lineage.vial
        WHERE vial.gtin = packs.gtin AND vial.serial = packs.serial
    ) AS used ON true
    LEFT JOIN LATERAL (
        SELECT
            s.shipment, s.to_party,
            EXISTS (
                SELECT FROM standing.delivery AS d
                WHERE d.from_party = s.from_party AND d.shipment = s.shipment AND d.item = s.item
            ) AS delivered
        FROM standing.shipment AS s
        WHERE s.gtin = packs.gtin AND s.serial = packs.serial
        ORDER BY s.shipped_at DESC NULLS LAST, s.shipment DESC
        LIMIT 1
    ) AS moved ON true
)
SELECT lot, whereabouts, holder, count(*) AS packs, coalesce(sum(vials), 0) AS vials
FROM placed
GROUP BY lot, whereabouts, holder
ORDER BY lot, whereabouts, holder
