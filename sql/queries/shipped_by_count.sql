-- Shipments of these lots that name no serial, and what of them was delivered:
-- {lot, from_party, to_party, packs, sent, delivered}; delivered is empty where nobody says that they arrived. Of a
-- shipment's versions that counts which says most, of a delivery's which says least; sent: each shipment once, though
-- versions name several consignees.
WITH item AS (
    SELECT node.node AS lot, s.from_party, s.shipment, s.item, coalesce(d.to_party, s.to_party) AS to_party,
        d.to_party IS NOT NULL AS arrived, max(coalesce(s.packs, 1)) AS packs,
        min(coalesce(d.packs, s.packs, 1)) FILTER (WHERE d.to_party IS NOT NULL) AS delivered
    FROM lineage.node
    JOIN standing.shipment AS s ON s.lot_number = node.number AND (s.serial IS NULL OR s.gtin IS NULL)
    LEFT JOIN standing.delivery AS d USING (from_party, shipment, item)
    WHERE node.node = ANY (:nodes) AND node.step = 'packed'
        AND (  -- of another maker's lot of this number only where its GTIN says so
            coalesce((
                SELECT bool_or(own.gtin IS NULL OR own.gtin = s.gtin) FROM standing.lot AS own
                WHERE own.manufacturer = node.maker AND own.lot_number = node.number AND own.step = 'packed'
            ), true)
            OR NOT EXISTS (
                SELECT FROM standing.lot AS other
                WHERE other.lot_number = node.number AND other.step = 'packed' AND other.gtin = s.gtin
            )
        )
    GROUP BY node.node, s.from_party, s.shipment, s.item, coalesce(d.to_party, s.to_party), d.to_party IS NOT NULL
),
once AS (
    SELECT lot, from_party, to_party, arrived, packs, delivered,
        CASE WHEN row_number() OVER (PARTITION BY lot, from_party, shipment, item ORDER BY packs DESC) = 1
            THEN packs ELSE 0 END AS sent
    FROM item
)
SELECT lot, from_party, to_party, sum(packs) AS packs, sum(sent) AS sent, sum(delivered) AS delivered
FROM once
GROUP BY lot, from_party, to_party, arrived
ORDER BY lot, from_party, to_party
