-- Forget what was linked from the rows that are linked anew.
DELETE FROM lineage.vial USING (
    -- By the row's place on disk, which holds within a statement: the table has no key of one
    -- column.
    SELECT linked.ctid
    FROM (SELECT DISTINCT record, key FROM vial_source) AS source
    CROSS JOIN LATERAL (  -- looked up one by one: a few of many
        SELECT v.ctid FROM lineage.vial AS v
        WHERE v.record = source.record AND v.key = source.key
        OFFSET 0
    ) AS linked
) AS former
WHERE vial.ctid = former.ctid
