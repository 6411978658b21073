-- R04: a preparation has a diluent that its product allows, in the volume that it asks for.
WITH prepared AS (
    SELECT r.site, r.preparation, r.receipt, r.line, r.diluent, r.volume_ml, r.concentration_pct,
        lineage.local_day(r.started_at, r.started_at_offset_min, pl.zone) AS day
    FROM scope_reconstitution
    JOIN standing.reconstitution AS r USING (site, preparation)
    LEFT JOIN lineage.place AS pl ON pl.party = r.site
),
line AS (  -- by each version of a line and of what its product allows
    SELECT p.site, p.preparation, p.receipt, p.line, v.item,
        EXISTS (SELECT FROM reference.product_preparation AS any_way WHERE any_way.gtin = v.gtin) AS known,
        w.gtin IS NOT NULL AS allowed, v.vials * w.diluent_ml AS amount_ml, w.tolerance_pct
    FROM prepared AS p
    JOIN standing.reconstitution_vial AS v USING (site, preparation)
    LEFT JOIN reference.product_preparation AS w
        ON w.gtin = v.gtin AND w.concentration_pct = p.concentration_pct AND w.diluent = p.diluent
        AND w.in_force @> p.day
),
summed AS (
    SELECT site, preparation, receipt, line, sum(least_ml) AS least_ml, sum(most_ml) AS most_ml,
        bool_and(least_ml IS NOT NULL) AS whole, min(tolerance_pct) AS tolerance_pct, bool_or(forbidden) AS forbidden,
        bool_and(known) AS known, bool_or(unsaid) AS unsaid
    FROM (
        SELECT site, preparation, receipt, line, item, min(amount_ml) AS least_ml, max(amount_ml) AS most_ml,
            min(tolerance_pct) AS tolerance_pct, bool_or(known AND NOT allowed) AS forbidden, bool_and(known) AS known,
            bool_or(amount_ml IS NULL) AS unsaid
        FROM line
        GROUP BY site, preparation, receipt, line, item
    ) AS item
    GROUP BY site, preparation, receipt, line
)
SELECT
    p.site, p.preparation,
    CASE
        WHEN s.line IS NULL OR p.concentration_pct IS NULL OR p.diluent IS NULL OR p.day IS NULL THEN 'pending'
        WHEN s.forbidden THEN 'finding'
        WHEN NOT s.known OR s.tolerance_pct IS NULL THEN 'pending'
        -- Off by one version of each line, whatever another version leaves unsaid.
        WHEN s.whole AND (
            abs(p.volume_ml - s.least_ml) > s.least_ml * s.tolerance_pct / 100
            OR abs(p.volume_ml - s.most_ml) > s.most_ml * s.tolerance_pct / 100
        ) THEN 'finding'
        WHEN s.unsaid OR p.volume_ml IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', s.least_ml, s.most_ml, s.tolerance_pct, s.forbidden) AS rests_on
FROM prepared AS p
LEFT JOIN summed AS s USING (site, preparation, receipt, line)
