-- Shipments of these lots that name no serial, and what of them was delivered:
-- {lot, from_party, to_party, packs, delivered}; delivered is empty where nobody says that they arrived.
SELECT node.node AS lot, s.from_party, coalesce(d.to_party, s.to_party) AS to_party,
    sum(coalesce(s.packs, 1)) AS packs, sum(d.packs) AS delivered
FROM lineage.node
JOIN standing.shipment AS s ON s.lot_number = node.number AND (s.serial IS NULL OR s.gtin IS NULL)
LEFT JOIN LATERAL (
    SELECT delivery.to_party, coalesce(delivery.packs, s.packs, 1) AS packs
    FROM standing.delivery
    WHERE delivery.from_party = s.from_party AND delivery.shipment = s.shipment AND delivery.item = s.item
    ORDER BY delivery.packs
    LIMIT 1
) AS d ON true
WHERE node.node = ANY (:nodes) AND node.step = 'packed'
GROUP BY node.node, s.from_party, coalesce(d.to_party, s.to_party), d.to_party IS NULL
ORDER BY lot, from_party, to_party
