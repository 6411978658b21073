-- Contested keys on which vial lines hang: of these lots, or, where single, these lines alone: {record, key}. A line
-- hangs on itself, on its infusion, on its preparation and, where it was prepared, on the preparation's order.
WITH own (record, key, line_record, line_key) AS (
    SELECT c.record, c.key, line.record, line.key
    FROM judged.contested_shown AS c
    CROSS JOIN LATERAL (  -- looked up by the key: a few of many
        SELECT c.record, c.key WHERE c.record IN ('dispensing', 'reconstitution_vial', 'administration_vial')
        UNION ALL
        SELECT 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
        FROM standing.administration_vial AS v
        WHERE c.record = 'administration' AND v.site = c.key ->> 0 AND v.administration = c.key ->> 1
        UNION ALL
        SELECT 'reconstitution_vial', jsonb_build_array(v.site, v.preparation, v.item::text)
        FROM standing.reconstitution_vial AS v
        WHERE c.record = 'reconstitution' AND v.site = c.key ->> 0 AND v.preparation = c.key ->> 1
        UNION ALL
        SELECT 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
        FROM standing.administration_vial AS v
        WHERE c.record = 'reconstitution' AND v.site = c.key ->> 0 AND v.preparation = c.key ->> 1
        UNION ALL
        -- Of what was given by its preparation alone, what else that holds decides how much.
        SELECT 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
        FROM standing.administration_vial AS v
        WHERE c.record = 'reconstitution_vial' AND v.site = c.key ->> 0 AND v.preparation = c.key ->> 1
            AND v.serial IS NULL AND v.lot_number IS NULL
        UNION ALL
        SELECT 'reconstitution_vial', jsonb_build_array(v.site, v.preparation, v.item::text)
        FROM standing.reconstitution AS r
        JOIN standing.reconstitution_vial AS v USING (site, preparation)
        WHERE c.record = 'treatment_order' AND r.site = c.key ->> 0 AND r.treatment_order = c.key ->> 1
        OFFSET 0
    ) AS line (record, key)
)
SELECT own.record, own.key
FROM own
CROSS JOIN LATERAL (
    SELECT v.lot FROM lineage.vial AS v WHERE NOT :single AND v.record = own.line_record AND v.key = own.line_key
    OFFSET 0
) AS linked
JOIN unnest(CAST(:nodes AS bigint[])) AS asked (node) ON asked.node = linked.lot
UNION
SELECT own.record, own.key
FROM own
JOIN unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
    ON line.record = own.line_record AND line.key = own.line_key
WHERE :single
