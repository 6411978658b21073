-- Vials given, and how many of them are linked to a lot: {given, linked, lots}. Not given where every version says so.
WITH line AS (
    SELECT
        jsonb_build_array(v.site, v.administration, v.item::text) AS key, max(coalesce(v.vials, 1)) AS vials
    FROM standing.administration_vial AS v
    LEFT JOIN standing.administration AS a USING (site, administration)
    GROUP BY v.site, v.administration, v.item
    HAVING NOT bool_and(coalesce(a.status = 'not_given', false))
), known AS (
    SELECT DISTINCT key FROM lineage.vial WHERE record = 'administration_vial'
)
SELECT
    coalesce(sum(line.vials), 0) AS given, coalesce(sum(line.vials) FILTER (WHERE known.key IS NOT NULL), 0) AS linked,
    (SELECT count(DISTINCT lot) FROM lineage.vial WHERE record = 'administration_vial' AND state = 'given') AS lots
FROM line
LEFT JOIN known USING (key)
