-- Infusions in scope, or of vials in scope, and all others of the patients of the former, with their day, patient and
-- order, one row for each version of these.
CREATE TEMP TABLE fact_infusion ON COMMIT DROP AS
WITH patient (patient_key) AS (
    SELECT DISTINCT coalesce(same.key, a.patient_key)
    FROM scope_administration
    JOIN standing.administration AS a USING (site, administration)
    LEFT JOIN lineage.person AS p ON p.kind = 'patient' AND p.key = a.patient_key
    LEFT JOIN lineage.person AS same ON same.kind = 'patient' AND same.person = p.person
),
own AS (
    SELECT site, administration FROM scope_administration
    UNION
    SELECT site, administration FROM scope_administration_vial
    UNION
    SELECT a.site, a.administration FROM patient JOIN standing.administration AS a USING (patient_key)
)
SELECT
    a.site, a.administration, a.status, a.first_dose, a.supervised_by, a.started_at, a.started_at_offset_min, a.course,
    coalesce(p.person, a.patient_key) AS person, a.patient_key, at.day,
    bool_and(coalesce(a.status = 'not_given', false)) OVER (PARTITION BY a.site, a.administration) AS not_given,
    o.treatment_order IS NOT NULL AS has_order, o.indication, o.weight_kg, o.iga_deficiency,
    'yes' IN (o.heart_failure, o.kidney, o.diabetes, o.circulation, o.thrombosis) IS TRUE AS at_risk
FROM own
JOIN standing.administration AS a USING (site, administration)
LEFT JOIN lineage.place AS pl ON pl.party = a.site
CROSS JOIN LATERAL (SELECT lineage.local_day(a.started_at, a.started_at_offset_min, pl.zone)) AS at (day)
LEFT JOIN lineage.person AS p ON p.kind = 'patient' AND p.key = a.patient_key
LEFT JOIN standing.treatment_order AS o ON o.site = a.site AND o.treatment_order = a.treatment_order
