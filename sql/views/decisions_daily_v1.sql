-- Decisions by the day (UTC) on which they were first said, what they are of, the move and how far they are signed.
SELECT
    (d.at AT TIME ZONE 'UTC')::date AS day,
    d.thing,
    d.move,
    d.standing,
    count(*) AS decisions
FROM judged.disposition_signed AS d
GROUP BY 1, 2, 3, 4
