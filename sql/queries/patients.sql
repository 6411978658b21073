-- Patients of these lots, or of these lines of them alone, each counted once: {given, not_given, dispensed_only}.
WITH line AS (
    SELECT patient, state
    FROM lineage.vial
    WHERE NOT :single AND lot = ANY (CAST(:nodes AS bigint[]))
    UNION ALL
    SELECT v.patient, v.state
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
    JOIN lineage.vial AS v USING (record, key)
    WHERE :single AND v.lot = ANY (CAST(:nodes AS bigint[]))
),
by_patient AS (
    SELECT
        patient,
        bool_or(state = 'given') AS given,
        bool_or(state IN ('prepared', 'not_given')) AS prepared
    FROM line
    -- Lines without a key are counted as vials without one; how many persons they are nobody knows.
    WHERE patient > 0
    GROUP BY patient
)
SELECT
    count(*) FILTER (WHERE given) AS given,
    count(*) FILTER (WHERE prepared AND NOT given) AS not_given,
    count(*) FILTER (WHERE NOT prepared AND NOT given) AS dispensed_only
FROM by_patient
