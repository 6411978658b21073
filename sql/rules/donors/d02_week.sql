-- D02.week: at most week_max source donations of a person in seven calendar days that end with this one.
WITH counted AS (
    SELECT DISTINCT
        person, day,
        count(*) OVER (PARTITION BY person ORDER BY day RANGE BETWEEN '6 days' PRECEDING AND CURRENT ROW) AS rows
    FROM fact_near
),
given AS (  -- rows are versions of donations: where there are too many, the donations are counted, once a day
    SELECT
        c.person, c.day, (
            SELECT count(DISTINCT o.donation_number)
            FROM fact_near AS o
            WHERE o.person = c.person AND o.plasma_kind = 'source' AND o.day BETWEEN c.day - 6 AND c.day
        ) AS donations
    FROM counted AS c
    WHERE c.rows > (SELECT min(week_max) FROM fact_donation)
)
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.week_max IS NULL THEN 'not_applicable'
        WHEN f.person IS NULL THEN 'pending'
        WHEN given.donations > f.week_max THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    given.donations::text AS rests_on
FROM fact_donation AS f
LEFT JOIN given USING (person, day)
