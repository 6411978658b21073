-- Each parked link.
SELECT record || ' ' || key::text || ' ' || link || ' ' || names::text FROM lineage.parked ORDER BY 1
