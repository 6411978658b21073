-- Lines of vials of these preparations, prepared and given: {record, key}.
WITH asked AS (
    SELECT DISTINCT key ->> 0 AS site, key ->> 1 AS preparation FROM unnest(CAST(:keys AS jsonb[])) AS e (key)
)
SELECT 'reconstitution_vial' AS record, jsonb_build_array(v.site, v.preparation, v.item::text) AS key
FROM asked
JOIN standing.reconstitution_vial AS v USING (site, preparation)
UNION
SELECT 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
FROM asked
JOIN standing.administration_vial AS v USING (site, preparation)
