-- Whether any received row names this lot number or serial, though nothing of it is linked: {mentioned}.
SELECT
    EXISTS (SELECT FROM lineage.parked WHERE names ? :named)
    OR EXISTS (SELECT FROM lineage.vial WHERE serial = :named)
    OR EXISTS (SELECT FROM standing.shipment WHERE lot_number = :named OR serial = :named)
    OR EXISTS (SELECT FROM standing.pack WHERE serial = :named OR lot_number = :named)
    OR EXISTS (SELECT FROM standing.dispensing WHERE lot_number = :named OR serial = :named)
    OR EXISTS (SELECT FROM standing.administration_vial WHERE lot_number = :named OR serial = :named)
    OR EXISTS (SELECT FROM receiving.refused, jsonb_each(possible) AS link WHERE link.value ? :named)
    OR EXISTS (SELECT FROM ledger.entry WHERE NOT EXISTS (
        SELECT FROM lineage.progress WHERE progress.entry = entry.entry
    )) AS mentioned
