-- C05: the first dose of a patient with MS is supervised.
SELECT
    i.site, i.administration,
    CASE
        WHEN i.not_given OR i.indication <> 'MS' OR i.first_dose IS DISTINCT FROM 'yes' THEN 'not_applicable'
        WHEN NOT i.has_order OR i.indication IS NULL THEN 'pending'
        WHEN i.supervised_by IS NULL THEN 'notice'
        ELSE 'pass'
    END AS outcome
FROM fact_infusion AS i
JOIN scope_administration USING (site, administration)
