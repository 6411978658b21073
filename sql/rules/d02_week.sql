-- D02.week: at most week_max source donations of a person in seven calendar days that end with this one.
WITH counted AS (
    SELECT
        f.donation_number, f.person, f.day, f.has_scheme, f.week_max,
        count(*) OVER (PARTITION BY f.person ORDER BY f.day RANGE BETWEEN '6 days' PRECEDING AND CURRENT ROW) AS rows
    FROM fact_donation AS f
)
SELECT
    c.donation_number,
    CASE
        WHEN NOT c.has_scheme THEN 'pending'
        WHEN c.week_max IS NULL THEN 'not_applicable'
        WHEN c.person IS NULL THEN 'pending'
        WHEN c.rows > c.week_max AND (
            SELECT count(DISTINCT o.donation_number)
            FROM fact_donation AS o
            WHERE o.person = c.person AND o.plasma_kind = 'source' AND o.day BETWEEN c.day - 6 AND c.day
        ) > c.week_max THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM counted AS c
