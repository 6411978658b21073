-- Lines of vials of a patient, by any key of the person: dispensed, prepared or given: {donation_number, node, record, key}.
WITH of_person (patient_key) AS (
    SELECT CAST(:name AS text)
    UNION
    SELECT same.key
    FROM lineage.person AS own
    JOIN lineage.person AS same ON same.kind = 'patient' AND same.person = own.person
    WHERE own.kind = 'patient' AND own.key = :name
),
infusion AS (
    SELECT DISTINCT a.site, a.administration
    FROM of_person
    JOIN standing.administration AS a USING (patient_key)
),
preparation AS (  -- of an order for the person
    SELECT DISTINCT r.site, r.preparation
    FROM of_person
    JOIN standing.treatment_order AS o USING (patient_key)
    JOIN standing.reconstitution AS r USING (site, treatment_order)
)
SELECT NULL AS donation_number, NULL::bigint AS node, 'dispensing' AS record,
    jsonb_build_array(d.pharmacy, d.dispensing) AS key
FROM of_person
JOIN standing.dispensing AS d USING (patient_key)
UNION
SELECT NULL, NULL, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
FROM infusion
JOIN standing.administration_vial AS v USING (site, administration)
UNION
SELECT NULL, NULL, 'reconstitution_vial', jsonb_build_array(v.site, v.preparation, v.item::text)
FROM preparation
JOIN standing.reconstitution_vial AS v USING (site, preparation)
UNION  -- whoever was given what was prepared for the person
SELECT NULL, NULL, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
FROM preparation
JOIN standing.administration_vial AS v USING (site, preparation)
