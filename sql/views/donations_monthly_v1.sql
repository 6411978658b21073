-- Donations by the month in which they were given (UTC) and their centre; one whose versions differ counts under each.
SELECT
    (date_trunc('month', d.collected_at, 'UTC') AT TIME ZONE 'UTC')::date AS month,
    d.centre,
    count(DISTINCT d.donation_number) AS donations
FROM standing.donation AS d
GROUP BY 1, 2
