-- Infusions of lines of these lots, or of these lines alone (single) and some others, a version of which does not say whether it
-- was given: {key}.
SELECT e.key
FROM lineage.open_end AS e
WHERE e.record = 'administration' AND e.link = 'status' AND e.sort = 'empty'
    AND (
        NOT :single AND EXISTS (
            SELECT FROM standing.administration_vial AS l
            JOIN lineage.vial AS v
                ON v.record = 'administration_vial' AND v.key = jsonb_build_array(l.site, l.administration, l.item::text)
            WHERE l.site = e.key ->> 0 AND l.administration = e.key ->> 1
                AND (v.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE  -- by a hash
        )
        OR (e.key ->> 0, e.key ->> 1) IN (
            SELECT one.key ->> 0, one.key ->> 1
            FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
            WHERE one.record = 'administration_vial'
        )
    )
ORDER BY e.key
