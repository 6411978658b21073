-- P02: the plasma of at most donors_max donors is in a lot.
SELECT
    f.manufacturer, f.lot_number, f.step,
    CASE
        WHEN NOT f.has_product THEN 'pending'
        WHEN f.donors_max IS NULL THEN 'not_applicable'
        WHEN d.at_most > f.donors_max THEN 'notice'
        ELSE 'pass'
    END AS outcome
FROM fact_lot AS f
LEFT JOIN fact_donors AS d USING (node)
