-- What each sender has sent or announced: {sender, record, file_name, announced, unread}. One row for each of its files;
-- unread: that nothing of the file was accepted, as its receipt says, or that rows of it that announce others were
-- refused. record: empty where nobody can tell, as of what such rows would have announced.
SELECT a.sender, CASE WHEN r.record = 'transmittal' AND r.status <> 'accepted' THEN '' ELSE coalesce(r.record, '') END AS record,
    a.file_name, false AS announced, bool_and(r.status <> 'accepted') AS unread,
    max(r.status) AS status
FROM receiving.arrival AS a
JOIN receiving.receipt AS r USING (receipt)
LEFT JOIN judged.refused_settled AS settled ON settled.receipt = r.receipt AND settled.line IS NULL
-- A file refused whole of which all has come since, or a person said so, tells nothing of its sender any more.
WHERE r.status = 'accepted' OR settled.receipt IS NULL
GROUP BY a.sender, 2, a.file_name
UNION ALL
SELECT DISTINCT a.sender, '', a.file_name, false, true, 'in part'
FROM receiving.receipt AS r
JOIN receiving.refused AS row USING (receipt)
JOIN receiving.arrival AS a USING (receipt)
WHERE r.record = 'transmittal' AND r.status = 'accepted' AND (
    SELECT count(*)  -- asked of each of these few: a join would look at all that was ever refused
    FROM judged.refused_settled AS settled
    WHERE settled.receipt = row.receipt AND settled.line = row.line
) = 0
UNION ALL
SELECT DISTINCT t.sender, t.record, t.file_name, true, false, ''
FROM standing.transmittal AS t
