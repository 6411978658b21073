-- The vial lines of these infusions with the products in force; one that names a preparation alone is of its vials.
CREATE TEMP TABLE fact_line ON COMMIT DROP AS
WITH line AS (
    SELECT v.site, v.administration, v.item, v.gtin, v.serial, v.vials, v.given_g, v.wasted_g, v.preparation, i.day
    FROM (SELECT DISTINCT site, administration, day FROM fact_infusion) AS i
    JOIN standing.administration_vial AS v USING (site, administration)
)
SELECT
    l.site, l.administration, l.item, coalesce(l.gtin, r.gtin) AS gtin, l.gtin AS own_gtin, l.serial, l.vials, l.given_g,
    l.wasted_g, l.preparation, l.day, p.gtin IS NOT NULL AS has_product, p.content_g, p.low_iga, p.bench_h, p.laminar_h
FROM line AS l
LEFT JOIN standing.reconstitution_vial AS r ON l.gtin IS NULL AND r.site = l.site AND r.preparation = l.preparation
LEFT JOIN reference.product AS p ON p.gtin = coalesce(l.gtin, r.gtin) AND p.in_force @> l.day
