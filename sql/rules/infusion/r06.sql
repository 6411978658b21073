-- R06: no rate of an infusion is above the product's maximum, the lower one for a patient at risk.
WITH rate AS (
    SELECT site, administration, max(rate_ml_h) AS fastest_ml_h, bool_or(rate_ml_h IS NULL) AS unknown
    FROM scope_administration
    JOIN standing.infusion_rate USING (site, administration)
    GROUP BY site, administration
),
judged AS (
    SELECT
        i.site, i.administration, i.not_given, i.has_order, i.weight_kg, rate.fastest_ml_h, rate.unknown, l.item,
        w.gtin IS NOT NULL AS has_preparation,
        least(w.rate_max_ml_kg_h, CASE WHEN i.at_risk THEN w.rate_risk_ml_kg_h END) AS limit_ml_kg_h
    FROM fact_infusion AS i
    JOIN scope_administration USING (site, administration)
    LEFT JOIN rate USING (site, administration)
    LEFT JOIN (
        SELECT site, administration, day, item, preparation, gtin FROM fact_line WHERE preparation IS NOT NULL
    ) AS l USING (site, administration, day)
    LEFT JOIN standing.reconstitution AS r ON r.site = i.site AND r.preparation = l.preparation
    LEFT JOIN reference.product_preparation AS w
        ON w.gtin = l.gtin AND w.concentration_pct = r.concentration_pct AND w.diluent = r.diluent
        AND w.in_force @> i.day
)
SELECT
    site, administration,
    CASE
        WHEN not_given OR has_order AND has_preparation AND limit_ml_kg_h IS NULL THEN 'not_applicable'
        WHEN fastest_ml_h > limit_ml_kg_h * weight_kg THEN 'finding'
        WHEN unknown IS NOT FALSE OR NOT has_order OR weight_kg IS NULL OR NOT has_preparation THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', fastest_ml_h, limit_ml_kg_h, weight_kg) AS rests_on
FROM judged
UNION ALL
SELECT site, administration, 'pending', '' FROM fact_unprepared
