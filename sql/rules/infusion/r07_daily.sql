-- R07.daily: a patient with MS is given at most 1 g per kg on a day.
WITH daily AS (
    SELECT
        given.person, given.day, sum(given.given_g) AS given_g, bool_or(given.unknown) AS unknown
    FROM (
        SELECT i.person, i.day, l.site, l.administration, l.item, max(l.given_g) AS given_g,
            bool_or(l.item IS NOT NULL AND l.given_g IS NULL) AS unknown
        FROM fact_infusion AS i
        LEFT JOIN fact_line AS l USING (site, administration, day)
        WHERE NOT i.not_given
        GROUP BY i.person, i.day, l.site, l.administration, l.item
    ) AS given
    GROUP BY given.person, given.day
)
SELECT
    i.site, i.administration,
    CASE
        WHEN i.not_given OR i.indication <> 'MS' THEN 'not_applicable'
        WHEN NOT i.has_order OR i.weight_kg IS NULL OR i.person IS NULL OR i.indication IS NULL OR i.day IS NULL
            THEN 'pending'
        WHEN d.unknown THEN 'pending'
        WHEN d.given_g > i.weight_kg THEN 'notice'
        ELSE 'pass'
    END AS outcome
FROM fact_infusion AS i
JOIN scope_administration USING (site, administration)
LEFT JOIN daily AS d USING (person, day)
