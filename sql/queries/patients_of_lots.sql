-- Patients of these lots, each counted once: {given, not_given, dispensed_only, without_key}.
WITH line AS (
    SELECT patient_key, state, vials FROM lineage.vial WHERE lot = ANY (:nodes)
),
by_patient AS (
    SELECT
        patient_key,
        bool_or(state = 'given') AS given,
        bool_or(state IN ('prepared', 'not_given')) AS prepared
    FROM line
    WHERE patient_key <> ''
    GROUP BY patient_key
)
SELECT
    count(*) FILTER (WHERE given) AS given,
    count(*) FILTER (WHERE prepared AND NOT given) AS not_given,
    count(*) FILTER (WHERE NOT prepared AND NOT given) AS dispensed_only,
    (SELECT coalesce(sum(vials), 0) FROM line WHERE patient_key = '') AS without_key
FROM by_patient
