-- Contested keys by record type: {record, keys}. The keys themselves may name people.
SELECT record, count(*) AS keys, sum(versions)::bigint AS versions FROM judged.contested GROUP BY record ORDER BY record
