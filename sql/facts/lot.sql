-- Packed lots in scope with their node, day and product.
CREATE TEMP TABLE fact_lot ON COMMIT DROP AS
SELECT
    l.manufacturer, l.lot_number, l.step, l.gtin, n.node, made.day, p.gtin IS NOT NULL AS has_product, p.donors_min,
    p.donors_max
FROM scope_lot
JOIN standing.lot AS l USING (manufacturer, lot_number, step)
JOIN lineage.node AS n ON n.maker = l.manufacturer AND n.number = l.lot_number AND n.step = l.step
LEFT JOIN lineage.place AS pl ON pl.party = l.manufacturer
CROSS JOIN LATERAL (SELECT lineage.local_day(l.made_at, l.made_at_offset_min, pl.zone)) AS made (day)
LEFT JOIN reference.product AS p ON p.gtin = l.gtin AND p.in_force @> made.day
