-- The files that came last, newest first: {receipt, file, sender, record, received, status, rows, accepted, refused,
-- findings, sentence}.
SELECT receipt, file_name AS file, sender, record, received_at AS received, status,
    coalesce((counts ->> 'rows')::bigint, 0) AS rows, coalesce((counts ->> 'accepted')::bigint, 0) AS accepted,
    coalesce((counts ->> 'refused')::bigint, 0) AS refused, coalesce((counts ->> 'findings')::bigint, 0) AS findings,
    coalesce(sentence, '') AS sentence
FROM receiving.receipt
ORDER BY receipt DESC
LIMIT CAST(:most AS bigint)
