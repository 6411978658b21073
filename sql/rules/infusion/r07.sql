-- R07: what was given and what was wasted are together the content of the vials, within 5 %.
SELECT
    s.site, s.administration, s.item,
    CASE
        WHEN i.not_given THEN 'not_applicable'
        WHEN abs(l.given_g + l.wasted_g - content.g * l.vials) > content.g * l.vials * 0.05 THEN 'finding'
        WHEN i.site IS NULL OR l.given_g IS NULL OR l.wasted_g IS NULL OR l.vials IS NULL OR content.g IS NULL
            THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', l.given_g, l.wasted_g, content.g, l.vials) AS rests_on
FROM scope_administration_vial AS s
JOIN standing.administration_vial USING (site, administration, item)
LEFT JOIN fact_infusion AS i USING (site, administration)
LEFT JOIN fact_line AS l
    ON l.site = s.site AND l.administration = s.administration AND l.item = s.item AND l.day IS NOT DISTINCT FROM i.day
LEFT JOIN standing.pack AS p ON p.gtin = l.own_gtin AND p.serial = l.serial
CROSS JOIN LATERAL (SELECT coalesce(p.content_g, CASE WHEN l.own_gtin IS NOT NULL THEN l.content_g END)) AS content (g)
