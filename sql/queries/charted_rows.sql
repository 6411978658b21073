-- Rows that came, by day between two days: {at, what, count}, of those that were accepted and those that were refused.
SELECT f.day AS at, told.what, sum(told.count)::bigint AS count
FROM views.files_daily_v1 AS f
CROSS JOIN LATERAL (VALUES ('accepted', f.accepted), ('refused', f.refused)) AS told(what, count)
WHERE f.day BETWEEN CAST(:since AS date) AND CAST(:until AS date)
GROUP BY f.day, told.what
ORDER BY at, told.what
