-- Files that came and were refused whole, or have not been concluded: {file_name, sender, status, sentence}.
SELECT file_name, sender, status, coalesce(sentence, '') AS sentence
FROM receiving.receipt
-- Whatever its record: nobody can say of a file that could not be read what was in it.
WHERE status <> 'accepted'
ORDER BY file_name
