-- The standing versions of the touched dispensings, as vials are linked from them.
CREATE TEMP TABLE vial_source ON COMMIT DROP AS
SELECT
    'dispensing' AS record, jsonb_build_array(d.pharmacy, d.dispensing) AS key, d.gtin, d.serial, d.lot_number,
    coalesce(d.vials, 1) AS vials, coalesce(d.patient_key, '') AS patient_key, 'dispensed' AS state,
    d.pharmacy AS place, d.dispensed_at AS at, NULL::text AS preparation
FROM touched_dispensing
JOIN standing.dispensing AS d USING (pharmacy, dispensing)
