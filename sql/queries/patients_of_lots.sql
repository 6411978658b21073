-- Patients of these lots, each counted once: {given, not_given, dispensed_only, without_key}.
WITH by_patient AS (
    SELECT
        patient_key,
        bool_or(state = 'given') AS given,
        bool_or(state = 'dispensed') AS dispensed
    FROM lineage.vial
    WHERE lot = ANY (:nodes) AND patient_key <> ''
    GROUP BY patient_key
)
SELECT
    count(*) FILTER (WHERE given) AS given,
    count(*) FILTER (WHERE dispensed AND NOT given) AS dispensed_only,
    count(*) FILTER (WHERE NOT dispensed AND NOT given) AS not_given,
    (SELECT coalesce(sum(vials), 0) FROM lineage.vial WHERE lot = ANY (:nodes) AND patient_key = '') AS without_key
FROM by_patient
