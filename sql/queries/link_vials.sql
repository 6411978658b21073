-- Each vial with every lot that it is of: through its pack, and by the lot number on its label.
WITH reached AS (
    SELECT source.*, node.node AS lot, 'pack' AS basis
    FROM vial_source AS source
    JOIN standing.pack ON pack.gtin = source.gtin AND pack.serial = source.serial
    JOIN lineage.node ON node.maker = pack.manufacturer AND node.number = pack.lot_number AND node.step = 'packed'
    UNION ALL
    SELECT source.*, node.node AS lot, 'lot' AS basis
    FROM vial_source AS source
    JOIN standing.lot
        ON lot.lot_number = source.lot_number AND lot.step = 'packed'
        AND (source.gtin IS NULL OR lot.gtin IS NULL OR lot.gtin = source.gtin)
    JOIN lineage.node ON node.maker = lot.manufacturer AND node.number = lot.lot_number AND node.step = 'packed'
)
INSERT INTO lineage.vial (lot, record, key, patient_key, basis, state, vials, gtin, serial, place, at)
SELECT lot, record, key, patient_key, max(basis), min(state), max(vials), max(gtin), max(serial), max(place), max(at)
FROM reached
GROUP BY lot, record, key, patient_key
