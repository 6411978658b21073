-- Infusions in scope that were given, of which by a choice of one version of each line no line names a preparation.
CREATE TEMP TABLE fact_unprepared ON COMMIT DROP AS
SELECT i.site, i.administration
FROM (SELECT DISTINCT site, administration FROM fact_infusion WHERE NOT not_given) AS i
JOIN scope_administration USING (site, administration)
WHERE NOT EXISTS (
    SELECT FROM standing.administration_vial AS v
    WHERE v.site = i.site AND v.administration = i.administration
    GROUP BY v.item
    HAVING bool_and(v.preparation IS NOT NULL)
)
