-- How many vials of these lots, or of these lines of them alone (single), were given, or not given, by their preparation
-- alone: {given, not_given}.
WITH line AS (
    SELECT record, key, state, max(vials) AS vials
    FROM lineage.vial
    WHERE lot = ANY (CAST(:nodes AS bigint[])) AND basis = 'preparation' AND (NOT :single OR (record, key) IN (
        SELECT one.record, one.key
        FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
    ))
    GROUP BY record, key, state
)
SELECT coalesce(sum(vials) FILTER (WHERE state = 'given'), 0) AS given,
    coalesce(sum(vials) FILTER (WHERE state = 'not_given'), 0) AS not_given
FROM line
