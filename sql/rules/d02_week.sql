-- D02.week: at most week_max source donations of a person in seven calendar days that end with this one.
WITH counted AS (
    SELECT
        person, donation_number, day,
        count(*) OVER (PARTITION BY person ORDER BY day RANGE BETWEEN '6 days' PRECEDING AND CURRENT ROW) AS rows
    FROM fact_near
)
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.week_max IS NULL THEN 'not_applicable'
        WHEN f.person IS NULL THEN 'pending'
        WHEN c.rows > f.week_max AND (
            SELECT count(DISTINCT o.donation_number)
            FROM fact_near AS o
            WHERE o.person = f.person AND o.plasma_kind = 'source' AND o.day BETWEEN f.day - 6 AND f.day
        ) > f.week_max THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_donation AS f
LEFT JOIN counted AS c USING (person, donation_number, day)
