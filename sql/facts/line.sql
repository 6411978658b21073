-- The vial lines of these infusions with the product in force, and how they were prepared.
CREATE TEMP TABLE fact_line ON COMMIT DROP AS
SELECT
    v.site, v.administration, v.item, v.gtin, v.serial, v.vials, v.given_g, v.wasted_g, v.preparation, i.day,
    p.gtin IS NOT NULL AS has_product, p.content_g, p.low_iga, p.bench_h, p.laminar_h
FROM (SELECT DISTINCT site, administration, day FROM fact_infusion) AS i
JOIN standing.administration_vial AS v USING (site, administration)
LEFT JOIN reference.product AS p ON p.gtin = v.gtin AND p.in_force @> i.day
