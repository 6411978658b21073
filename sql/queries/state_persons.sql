-- Each key of a person who has several.
SELECT kind || ' ' || key || ' ' || person FROM lineage.person ORDER BY 1
