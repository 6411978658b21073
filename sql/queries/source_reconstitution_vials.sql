-- The standing versions of the touched prepared vials; the patient is that of the preparation's order.
CREATE TEMP TABLE vial_source ON COMMIT DROP AS
SELECT
    'reconstitution_vial' AS record, jsonb_build_array(v.site, v.preparation, v.item::text) AS key,
    v.gtin, v.serial, v.lot_number, coalesce(v.vials, 1) AS vials, coalesce(o.patient_key, '') AS patient_key,
    'prepared' AS state, v.site AS place, r.started_at AS at, NULL::text AS preparation
FROM touched_reconstitution_vial
JOIN standing.reconstitution_vial AS v USING (site, preparation, item)
LEFT JOIN standing.reconstitution AS r USING (site, preparation)
LEFT JOIN standing.treatment_order AS o ON o.site = r.site AND o.treatment_order = r.treatment_order
