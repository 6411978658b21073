-- R08: a patient who lacks IgA is given a product that is low in IgA.
SELECT
    i.site, i.administration,
    CASE
        WHEN i.not_given OR i.has_order AND i.iga_deficiency IS DISTINCT FROM 'yes' THEN 'not_applicable'
        WHEN i.has_order AND l.low_iga = 'no' THEN 'finding'
        WHEN NOT i.has_order OR l.item IS NULL OR l.has_product IS NOT TRUE OR l.low_iga IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    l.item::text AS rests_on
FROM fact_infusion AS i
JOIN scope_administration USING (site, administration)
LEFT JOIN fact_line AS l USING (site, administration, day)
