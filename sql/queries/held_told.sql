-- What findings hold, of one finding or of all, each thing once: {holds, record, key, open, since, findings, rules, states,
-- whole}. What is open first, then the newest; its findings from the oldest, with the rule and state of each. whole: how
-- many things there are.
WITH told AS MATERIALIZED (  -- each finding once: a finding of a donor holds many pools
    SELECT f.finding, f.rule, f.state, f.opened_at
    FROM judged.finding_now AS f
    WHERE f.state <> 'closed' AND f.holds <> 'nothing'
        AND (CAST(:of_finding AS bigint) IS NULL OR f.finding = :of_finding)
),
found AS (
    SELECT held.holds, held.record, held.key, told.finding, told.rule, told.state, told.opened_at
    FROM lineage.ask_held(CAST(:of_finding AS bigint)) AS held
    -- One that somebody closed meanwhile holds no more.
    JOIN told USING (finding)
    WHERE CAST(:what AS text) IS NULL OR held.holds = :what
)
SELECT
    holds, record, key, bool_or(state = 'open') AS open, min(opened_at) AS since,
    array_agg(finding ORDER BY opened_at, finding) AS findings,
    array_agg(rule ORDER BY opened_at, finding) AS rules,
    array_agg(state ORDER BY opened_at, finding) AS states,
    count(*) OVER () AS whole
FROM found
GROUP BY holds, record, key
ORDER BY open DESC, since DESC, findings
LIMIT CAST(:most AS bigint)
OFFSET CAST(:beginning AS bigint)
