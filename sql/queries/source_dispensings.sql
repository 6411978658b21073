-- The standing versions of the affected dispensings, as vials are linked from them.
CREATE TEMP TABLE vial_source ON COMMIT DROP AS
SELECT
    t.n, row_number() OVER () AS version, 'dispensing' AS record,
    jsonb_build_array(d.pharmacy, d.dispensing) AS key, d.gtin, d.serial, d.lot_number,
    coalesce(nullif(d.vials, 0), 1) AS vials, coalesce(d.patient_key, '') AS patient_key, 'dispensed' AS state,
    d.pharmacy AS place, d.dispensed_at AS at, NULL::text AS preparation,
    NULL::text AS made_in,
    -- Of a line that may be taken back nothing is sure.
    CASE WHEN unsure.key IS NULL THEN min(coalesce(nullif(d.vials, 0), 1)) OVER (PARTITION BY t.n) ELSE 0 END AS least,
    count(*) OVER (PARTITION BY t.n) AS versions,
    min(coalesce(d.patient_key, '')) OVER (PARTITION BY t.n) = max(coalesce(d.patient_key, '')) OVER (PARTITION BY t.n) AS one_patient,
    count(d.serial) OVER (PARTITION BY t.n) = count(*) OVER (PARTITION BY t.n)
        AND min(d.gtin || '/' || d.serial) OVER (PARTITION BY t.n)
        = max(d.gtin || '/' || d.serial) OVER (PARTITION BY t.n) AS one_pack,
    true AS sure,
    bool_and(coalesce(d.to_kind IN ('ward', 'home'), false)) OVER (PARTITION BY t.n) AS to_others
FROM (SELECT row_number() OVER () AS n, pharmacy, dispensing FROM affected_dispensing) AS t
CROSS JOIN LATERAL (  -- looked up one by one: a few of many
    SELECT d.pharmacy, d.dispensing, d.gtin, d.serial, d.lot_number, d.vials, d.patient_key, d.to_kind, d.dispensed_at
    FROM standing.dispensing AS d
    WHERE d.pharmacy = t.pharmacy AND d.dispensing = t.dispensing
    OFFSET 0
) AS d
LEFT JOIN judged.contested AS unsure
    ON unsure.record = 'dispensing' AND unsure.possible AND unsure.key = jsonb_build_array(d.pharmacy, d.dispensing)
