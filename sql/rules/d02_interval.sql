-- D02.interval: two source donations of a person are interval_days apart. The nearest earlier one tells which to look at.
WITH candidate AS (
    SELECT
        f.donation_number, f.person, f.day, f.has_scheme, f.interval_days,
        f.day - lag(f.day) OVER earlier < f.interval_days OR lead(f.day) OVER earlier = f.day AS close
    FROM fact_donation AS f
    WINDOW earlier AS (PARTITION BY f.person ORDER BY f.day)
)
SELECT
    c.donation_number,
    CASE
        WHEN NOT c.has_scheme THEN 'pending'
        WHEN c.interval_days IS NULL THEN 'not_applicable'
        WHEN c.person IS NULL THEN 'pending'
        WHEN c.close AND EXISTS (
            SELECT FROM fact_donation AS o
            WHERE o.person = c.person AND o.plasma_kind = 'source' AND o.donation_number <> c.donation_number
                AND o.day <= c.day AND c.day - o.day < c.interval_days
        ) THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM candidate AS c
