-- Contested keys of these records: {record, key}.
SELECT record, key
FROM judged.contested_shown
WHERE record = ANY (CAST(:records AS text[]))
ORDER BY record, key
