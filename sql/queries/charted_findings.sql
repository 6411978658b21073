-- Findings, by day between two days: {at, what, count}, of those that were opened, and those that a person closed or
-- something newer explained.
SELECT f.day AS at, told.what, sum(told.count)::bigint AS count
FROM views.findings_daily_v1 AS f
CROSS JOIN LATERAL (VALUES ('opened', f.opened + f.reopened), ('ended', f.closed + f.explained)) AS told(what, count)
WHERE f.day BETWEEN CAST(:since AS date) AND CAST(:until AS date)
GROUP BY f.day, told.what
ORDER BY at, told.what
