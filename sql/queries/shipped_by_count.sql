-- Shipments of these lots that name no serial: {lot, from_party, to_party, packs}.
SELECT node.node AS lot, shipment.from_party, shipment.to_party, sum(coalesce(shipment.packs, 1)) AS packs
FROM lineage.node
JOIN standing.shipment ON shipment.lot_number = node.number AND (shipment.serial IS NULL OR shipment.gtin IS NULL)
WHERE node.node = ANY (:nodes) AND node.step = 'packed'
GROUP BY node.node, shipment.from_party, shipment.to_party
ORDER BY lot, from_party, to_party
