-- P01: the plasma of at least donors_min donors is in a lot.
SELECT
    f.manufacturer, f.lot_number, f.step,
    CASE
        WHEN d.pooled IS NOT TRUE AND d.external THEN 'not_applicable'
        WHEN f.has_product AND f.donors_min IS NULL THEN 'not_applicable'
        WHEN NOT f.has_product OR d.pooled IS NOT TRUE THEN 'pending'
        WHEN d.donors >= f.donors_min THEN 'pass'
        WHEN d.unknown THEN 'pending'
        ELSE 'finding'
    END AS outcome
FROM fact_lot AS f
LEFT JOIN fact_donors AS d USING (node)
