-- What became of a pack: {record, key, state, basis, vials, place, at}; never a patient.
SELECT record, key, state, basis, vials, place, at
FROM lineage.vial
WHERE (gtin = :gtin AND serial = :serial) OR (record, key) IN (
    SELECT 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
    FROM standing.administration_vial AS v
    WHERE v.gtin = :gtin AND v.serial = :serial
    UNION ALL
    SELECT 'dispensing', jsonb_build_array(d.pharmacy, d.dispensing)
    FROM standing.dispensing AS d
    WHERE d.gtin = :gtin AND d.serial = :serial
)
ORDER BY at NULLS LAST, record, key
