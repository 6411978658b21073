-- Patients of these lots, or of these lines of them alone, each counted once: {given, not_given, dispensed_only}.
WITH told AS (
    -- What linking keeps of each lot.
    SELECT patient, given > 0 AS given, prepared > 0 AS prepared
    FROM lineage.lot_patient
    WHERE NOT :single AND lot = ANY (CAST(:nodes AS bigint[]))
    UNION ALL
    -- Lines without a key are counted as vials without one; how many persons they are nobody knows.
    SELECT v.patient, v.state = 'given', v.state IN ('prepared', 'not_given')
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
    JOIN lineage.vial AS v USING (record, key)
    WHERE :single AND v.lot = ANY (CAST(:nodes AS bigint[])) AND v.patient > 0
),
by_patient AS (
    SELECT bool_or(given) AS given, bool_or(prepared) AS prepared FROM told GROUP BY patient
)
SELECT
    count(*) FILTER (WHERE given) AS given,
    count(*) FILTER (WHERE prepared AND NOT given) AS not_given,
    count(*) FILTER (WHERE NOT prepared AND NOT given) AS dispensed_only
FROM by_patient
