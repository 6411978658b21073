-- Parked links by what they wait for: {record, link, target, rows}.
SELECT record, link, target, count(*) AS rows
FROM lineage.parked
GROUP BY record, link, target
ORDER BY record, link
