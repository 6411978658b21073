-- D02.interval: two source donations of a person are interval_days apart. The nearest earlier one tells which to look
-- at. An interval of more than 1,000,000 days is one of so many: no day is so far from another.
WITH spaced AS (
    SELECT
        person, donation_number, day,
        CASE WHEN lead(day) OVER earlier = day THEN 0 ELSE day - lag(day) OVER earlier END AS apart
    FROM fact_near
    WINDOW earlier AS (PARTITION BY person ORDER BY day)
)
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.interval_days IS NULL THEN 'not_applicable'
        WHEN f.person IS NULL THEN 'pending'
        WHEN s.apart < f.interval_days AND EXISTS (
            SELECT FROM fact_near AS o
            WHERE o.person = f.person AND o.plasma_kind = 'source' AND o.donation_number <> f.donation_number
                AND o.day <= f.day AND o.day > f.day - least(f.interval_days, 1000000)
        ) THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', s.apart, f.day) AS rests_on
FROM fact_donation AS f
LEFT JOIN spaced AS s USING (person, donation_number, day)
