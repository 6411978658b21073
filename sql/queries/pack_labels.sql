-- What the records of a pack say under each of its names: {gtin, serial, maker, lot_number, step, vials, content_g,
-- expires_on, packed_at}.
SELECT pack.gtin, pack.serial, pack.manufacturer AS maker, pack.lot_number, pack.step, pack.vials, pack.content_g,
    pack.label_expires_on AS expires_on, pack.packed_at
FROM unnest(CAST(:gtins AS text[]), CAST(:serials AS text[])) AS named (gtin, serial)
JOIN standing.pack USING (gtin, serial)
ORDER BY pack.packed_at NULLS LAST, pack.gtin, pack.serial, pack.receipt, pack.line
