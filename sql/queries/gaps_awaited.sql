-- Keys that were retracted and whose replacement may still come, of these records, by record: {record, keys}.
SELECT record, count(*) AS keys
FROM judged.retracted
WHERE due AND record = ANY (CAST(:records AS text[]))
GROUP BY record
ORDER BY record
