-- Contested keys that name one of these numbers: {record, key}.
SELECT record, key FROM judged.contested WHERE key ?| (:numbers) ORDER BY record, key
