-- Open findings by what they hold and by age at an instant: {holds, day, week, month, older, oldest}. Each is in one
-- column alone: younger than a day, than seven days, than thirty, or older.
WITH aged AS (
    SELECT holds, opened_at, CAST(:now AS timestamptz) - opened_at AS age
    FROM judged.finding_now
    WHERE state = 'open' AND outcome = 'finding'
)
SELECT holds,
    count(*) FILTER (WHERE age < interval '1 day') AS day,
    count(*) FILTER (WHERE age >= interval '1 day' AND age < interval '7 days') AS week,
    count(*) FILTER (WHERE age >= interval '7 days' AND age < interval '30 days') AS month,
    count(*) FILTER (WHERE age >= interval '30 days') AS older,
    min(opened_at) AS oldest
FROM aged
GROUP BY holds
ORDER BY holds = 'nothing', holds
