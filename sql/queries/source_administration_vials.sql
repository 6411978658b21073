-- The standing versions of the affected vials. Given unless every standing version of the infusion says it was not.
CREATE TEMP TABLE vial_source ON COMMIT DROP AS
SELECT
    t.n, row_number() OVER () AS version, 'administration_vial' AS record,
    jsonb_build_array(v.site, v.administration, v.item::text) AS key,
    -- A line without a count, or of none, is of one vial: it was written for something.
    v.gtin, v.serial, v.lot_number, coalesce(nullif(v.vials, 0), 1) AS vials, coalesce(a.patient_key, '') AS patient_key,
    -- The worse counts: an infusion that is not known, or of which one version says otherwise, was
    -- given.
    CASE WHEN bool_and(coalesce(a.status = 'not_given', false)) OVER (PARTITION BY v.site, v.administration)
        THEN 'not_given' ELSE 'given' END AS state,
    v.site AS place, a.started_at AS at, v.preparation,
    -- A preparation leads to lots only where no version names a pack or a lot.
    CASE WHEN count(v.serial) OVER (PARTITION BY t.n) = 0 AND count(v.lot_number) OVER (PARTITION BY t.n) = 0
        AND min(v.preparation) OVER (PARTITION BY t.n) = max(v.preparation) OVER (PARTITION BY t.n)
        THEN v.preparation END AS made_in,
    -- Of a line that may be taken back nothing is sure.
    CASE WHEN unsure.key IS NULL THEN min(coalesce(nullif(v.vials, 0), 1)) OVER (PARTITION BY t.n) ELSE 0 END AS least,
    count(*) OVER (PARTITION BY t.n) AS versions,
    min(coalesce(a.patient_key, '')) OVER (PARTITION BY t.n) = max(coalesce(a.patient_key, '')) OVER (PARTITION BY t.n) AS one_patient,
    count(v.serial) OVER (PARTITION BY t.n) = count(*) OVER (PARTITION BY t.n)
        AND min(v.gtin || '/' || v.serial) OVER (PARTITION BY t.n)
        = max(v.gtin || '/' || v.serial) OVER (PARTITION BY t.n) AS one_pack,
    bool_and(coalesce(a.status = 'not_given', false)) OVER (PARTITION BY v.site, v.administration)
        OR bool_and(coalesce(a.status IN ('given', 'stopped'), false)) OVER (PARTITION BY v.site, v.administration)
        AS sure,
    false AS to_others
FROM (SELECT row_number() OVER () AS n, site, administration, item FROM affected_administration_vial) AS t
CROSS JOIN LATERAL (  -- looked up one by one: a few of many
    SELECT v.site, v.administration, v.item, v.gtin, v.serial, v.lot_number, v.vials, v.preparation
    FROM standing.administration_vial AS v
    WHERE v.site = t.site AND v.administration = t.administration AND v.item = t.item
    OFFSET 0
) AS v
LEFT JOIN judged.contested AS unsure
    ON unsure.record = 'administration_vial' AND unsure.possible
    AND unsure.key = jsonb_build_array(v.site, v.administration, v.item::text)
LEFT JOIN (
    SELECT site, administration, patient_key, status, started_at FROM standing.administration
    UNION ALL
    -- One that may be taken back is not known, beside what it says.
    SELECT key ->> 0, key ->> 1, NULL, NULL, NULL FROM judged.contested WHERE record = 'administration' AND possible
) AS a ON a.site = v.site AND a.administration = v.administration
