-- Packed lots by the month in which they were made, between two days: {at, what, count}.
SELECT l.month AS at, 'packed' AS what, sum(l.lots)::bigint AS count
FROM views.lots_monthly_v1 AS l
WHERE l.step = 'packed' AND l.month BETWEEN CAST(:since AS date) AND CAST(:until AS date)
GROUP BY l.month
ORDER BY at
