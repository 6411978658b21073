-- Lines of vials of these lots, or these lines alone (single) and some others, a version of which does not say how many vials it
-- stands for: {record, key}. One that names a pack that surely holds one vial is one.
WITH uncounted AS (
    SELECT e.record, e.key
    FROM lineage.open_end AS e
    WHERE e.record IN ('dispensing', 'reconstitution_vial', 'administration_vial') AND e.link = 'vials' AND e.sort = 'empty'
        AND (
            NOT :single AND EXISTS (
                SELECT FROM lineage.vial AS v
                WHERE v.record = e.record AND v.key = e.key AND (v.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE  -- by a hash
            )
            OR (e.record, e.key) IN (
                SELECT one.record, one.key
                FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
            )
        )
),
told AS (
    SELECT u.record, u.key, v.gtin, v.serial
    FROM uncounted AS u
    JOIN standing.dispensing AS v ON v.pharmacy = u.key ->> 0 AND v.dispensing = u.key ->> 1
    WHERE u.record = 'dispensing' AND coalesce(v.vials, 0) = 0
    UNION ALL
    SELECT u.record, u.key, v.gtin, v.serial
    FROM uncounted AS u
    JOIN standing.reconstitution_vial AS v ON v.site = u.key ->> 0 AND v.preparation = u.key ->> 1
        AND v.item = CAST(CASE WHEN u.record = 'reconstitution_vial' THEN u.key ->> 2 END AS integer)
    WHERE u.record = 'reconstitution_vial' AND coalesce(v.vials, 0) = 0
    UNION ALL
    SELECT u.record, u.key, v.gtin, v.serial
    FROM uncounted AS u
    JOIN standing.administration_vial AS v ON v.site = u.key ->> 0 AND v.administration = u.key ->> 1
        AND v.item = CAST(CASE WHEN u.record = 'administration_vial' THEN u.key ->> 2 END AS integer)
    WHERE u.record = 'administration_vial' AND coalesce(v.vials, 0) = 0
)
SELECT DISTINCT told.record, told.key
FROM told
WHERE (
    SELECT bool_and(coalesce(p.vials = 1, false)) FROM standing.pack AS p WHERE p.gtin = told.gtin AND p.serial = told.serial
) IS NOT TRUE
OR EXISTS (
    SELECT FROM judged.contested_shown AS c
    WHERE c.record = 'pack' AND c.possible AND c.key = jsonb_build_array(told.gtin, told.serial)
)
ORDER BY told.record, told.key
