-- P01: the plasma of at least donors_min donors is in a lot.
SELECT
    f.manufacturer, f.lot_number, f.step,
    CASE
        WHEN d.pooled IS NOT TRUE AND d.external THEN 'not_applicable'
        WHEN f.has_product AND f.donors_min IS NULL THEN 'not_applicable'
        WHEN NOT f.has_product OR d.pooled IS NOT TRUE THEN 'pending'
        WHEN d.at_least >= f.donors_min THEN 'pass'
        -- Too few though all may be known, is a finding; else those who are not known are waited for.
        WHEN d.unknown OR d.at_least_if_known >= f.donors_min THEN 'pending'
        ELSE 'finding'
    END AS outcome,
    concat_ws(' ', d.at_least, f.donors_min) AS rests_on
FROM fact_lot AS f
LEFT JOIN fact_donors AS d USING (node)
