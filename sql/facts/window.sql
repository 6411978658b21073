-- From which day on donations before these deferrals are looked for: the last good result of the agent before its first
-- reactive one; none where that is not known. A deferral for results of markers without an agent has no row.
CREATE TEMP TABLE fact_window ON COMMIT DROP AS
WITH deferred AS (
    SELECT q.person, q.deferred_from, (
        SELECT r.since FROM fact_requalified AS r
        WHERE r.person = q.person AND r.until <= q.deferred_from
        ORDER BY r.until DESC
        LIMIT 1
    ) AS since
    FROM (
        SELECT DISTINCT person, deferred_from FROM fact_deferral
        WHERE cause = 'reactive_result' AND deferred_from IS NOT NULL
    ) AS q
),
found AS (
    SELECT q.person, q.deferred_from, bad.agent, min(bad.day) AS first_day, bool_or(bad.day IS NULL) AS undated
    FROM deferred AS q
    JOIN fact_bad AS bad
        ON bad.person = q.person
        AND (bad.day IS NULL OR (bad.day <= q.deferred_from AND bad.day >= coalesce(q.since, bad.day)))
    GROUP BY q.person, q.deferred_from, bad.agent
)
SELECT found.person, found.deferred_from, good.day AS last_good
FROM found
CROSS JOIN LATERAL (
    SELECT CASE WHEN NOT found.undated THEN max(g.first_day) END AS day
    FROM fact_good AS g
    WHERE g.person = found.person AND g.agent = found.agent AND g.last_day < found.first_day
) AS good
WHERE found.agent IS NOT NULL
UNION
SELECT q.person, q.deferred_from, NULL
FROM deferred AS q
WHERE NOT EXISTS (
    SELECT FROM found WHERE found.person = q.person AND found.deferred_from = q.deferred_from
)
