-- Patients of these vial lines among these lots, each counted once: {given, not_given, dispensed_only, without_key}.
WITH line AS (
    SELECT v.patient_key, v.state, v.vials
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS asked (record, key)
    JOIN lineage.vial AS v USING (record, key)
    WHERE v.lot = ANY (:nodes)
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
