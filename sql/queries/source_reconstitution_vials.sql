-- The standing versions of the affected prepared vials; the patient is that of the preparation's order.
CREATE TEMP TABLE vial_source ON COMMIT DROP AS
SELECT
    t.n, row_number() OVER () AS version, 'reconstitution_vial' AS record,
    jsonb_build_array(v.site, v.preparation, v.item::text) AS key,
    v.gtin, v.serial, v.lot_number, coalesce(nullif(v.vials, 0), 1) AS vials, coalesce(o.patient_key, '') AS patient_key,
    'prepared' AS state, v.site AS place, r.started_at AS at, NULL::text AS preparation,
    v.preparation AS made_in,
    -- Of a line that may be taken back nothing is sure.
    CASE WHEN unsure.key IS NULL THEN min(coalesce(nullif(v.vials, 0), 1)) OVER (PARTITION BY t.n) ELSE 0 END AS least,
    count(*) OVER (PARTITION BY t.n) AS versions,
    min(coalesce(o.patient_key, '')) OVER (PARTITION BY t.n) = max(coalesce(o.patient_key, '')) OVER (PARTITION BY t.n) AS one_patient,
    count(v.serial) OVER (PARTITION BY t.n) = count(*) OVER (PARTITION BY t.n)
        AND min(v.gtin || '/' || v.serial) OVER (PARTITION BY t.n)
        = max(v.gtin || '/' || v.serial) OVER (PARTITION BY t.n) AS one_pack,
    true AS sure, false AS to_others
FROM (SELECT row_number() OVER () AS n, site, preparation, item FROM affected_reconstitution_vial) AS t
CROSS JOIN LATERAL (  -- looked up one by one: a few of many
    SELECT v.site, v.preparation, v.item, v.gtin, v.serial, v.lot_number, v.vials
    FROM standing.reconstitution_vial AS v
    WHERE v.site = t.site AND v.preparation = t.preparation AND v.item = t.item
    OFFSET 0
) AS v
LEFT JOIN judged.contested AS unsure
    ON unsure.record = 'reconstitution_vial' AND unsure.possible
    AND unsure.key = jsonb_build_array(v.site, v.preparation, v.item::text)
LEFT JOIN (
    SELECT site, preparation, treatment_order, started_at FROM standing.reconstitution
    UNION ALL
    -- One that may be taken back is not known, beside what it says; likewise an order.
    SELECT key ->> 0, key ->> 1, NULL, NULL FROM judged.contested WHERE record = 'reconstitution' AND possible
) AS r ON r.site = v.site AND r.preparation = v.preparation
LEFT JOIN (
    SELECT site, treatment_order, patient_key FROM standing.treatment_order
    UNION ALL
    SELECT key ->> 0, key ->> 1, NULL FROM judged.contested WHERE record = 'treatment_order' AND possible
) AS o ON o.site = r.site AND o.treatment_order = r.treatment_order
