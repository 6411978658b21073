-- Loads whose batch or run has not arrived, so that nobody can tell how they were made: {record, rows}.
SELECT record, count(*) AS rows
FROM lineage.parked
WHERE record = ANY (:records) AND link IN ('batch', 'cycle', 'preparation')
GROUP BY record
ORDER BY record
