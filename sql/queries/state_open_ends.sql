-- Each open end that is kept.
SELECT record || ' ' || key::text || ' ' || link || ' ' || sort FROM lineage.open_end ORDER BY 1
