-- What happened to findings, by day (UTC), rule and what they hold: opened, closed by a person, explained by something
-- newer, reopened.
WITH happened AS (
    SELECT f.opened_at AS at, f.rule, f.holds, 'opened' AS kind
    FROM judged.finding AS f
    WHERE f.outcome = 'finding'
    UNION ALL
    SELECT e.at, f.rule, f.holds, e.kind
    FROM judged.event AS e
    JOIN judged.finding AS f ON f.finding = e.finding
    WHERE f.outcome = 'finding'
)
SELECT
    (h.at AT TIME ZONE 'UTC')::date AS day,
    h.rule,
    h.holds,
    count(*) FILTER (WHERE h.kind = 'opened') AS opened,
    count(*) FILTER (WHERE h.kind = 'closed') AS closed,
    count(*) FILTER (WHERE h.kind = 'explained') AS explained,
    count(*) FILTER (WHERE h.kind = 'reopened') AS reopened
FROM happened AS h
GROUP BY 1, 2, 3
