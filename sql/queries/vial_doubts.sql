-- Of the lines of these lots, or of these lines of them alone (single): {keyless, doubted}. keyless: the vials of those of
-- which a version names no patient; doubted: of those that were given, but not by every version of their infusion.
WITH line AS (
    SELECT record, key, max(vials) AS vials, bool_or(patient = 0) AS keyless, bool_or(state = 'given' AND NOT sure) AS doubted
    FROM lineage.vial
    WHERE lot = ANY (CAST(:nodes AS bigint[])) AND (NOT :single OR (record, key) IN (
        SELECT one.record, one.key
        FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
    ))
    GROUP BY record, key
)
SELECT coalesce(sum(vials) FILTER (WHERE keyless), 0) AS keyless, coalesce(sum(vials) FILTER (WHERE doubted), 0) AS doubted
FROM line
