-- What became of a pack: {record, key, state, basis, vials, place, at}; never a patient.
SELECT record, key, state, basis, vials, place, at
FROM lineage.vial
WHERE gtin = :gtin AND serial = :serial
ORDER BY at NULLS LAST, record, key
