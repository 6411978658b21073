-- What was received, by record type: {record, files, rows, accepted, known, refused, findings}.
SELECT
    coalesce(record, 'refused whole') AS record, count(*) AS files,
    coalesce(sum((counts ->> 'rows')::bigint), 0)::bigint AS rows,
    coalesce(sum((counts ->> 'accepted')::bigint), 0)::bigint AS accepted,
    coalesce(sum((counts ->> 'known')::bigint), 0)::bigint AS known,
    coalesce(sum((counts ->> 'refused')::bigint), 0)::bigint AS refused,
    coalesce(sum((counts ->> 'findings')::bigint), 0)::bigint AS findings
FROM receiving.receipt
GROUP BY coalesce(record, 'refused whole'), stage
ORDER BY array_position(ARRAY['intake', 'donor_screening', 'pooling', 'lyophilisation', 'distribution',
    'reconstitution'], stage), record
