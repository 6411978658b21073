-- Of these records those that have contested keys: {record}.
SELECT asked.record
FROM unnest(CAST(:records AS text[])) AS asked (record)
WHERE EXISTS (SELECT FROM judged.contested AS c WHERE c.record = asked.record)
