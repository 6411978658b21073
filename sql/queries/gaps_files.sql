-- Files that came and were refused whole, or have not been concluded: {file_name, sender, status, sentence}.
SELECT file_name, sender, status, coalesce(sentence, '') AS sentence
FROM receiving.receipt
WHERE status <> 'accepted'
ORDER BY file_name
