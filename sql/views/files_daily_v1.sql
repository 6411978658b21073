-- Files that came, by day (UTC), sender, record and what became of them: how many, and their rows.
SELECT
    (r.received_at AT TIME ZONE 'UTC')::date AS day,
    r.sender,
    r.record,
    r.status,
    count(*) AS files,
    coalesce(sum((r.counts ->> 'rows')::bigint), 0)::bigint AS rows,
    coalesce(sum((r.counts ->> 'accepted')::bigint), 0)::bigint AS accepted,
    coalesce(sum((r.counts ->> 'refused')::bigint), 0)::bigint AS refused
FROM receiving.receipt AS r
GROUP BY 1, 2, 3, 4
