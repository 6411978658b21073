-- What each sender has sent or announced: {sender, record, file_name, announced, unread}. One row for each of its files;
-- unread: that nothing of the file was accepted, as its receipt says. record: empty where nobody can tell.
SELECT a.sender, coalesce(r.record, '') AS record, a.file_name, false AS announced, bool_and(r.status <> 'accepted') AS unread,
    max(r.status) AS status
FROM receiving.arrival AS a
JOIN receiving.receipt AS r USING (receipt)
LEFT JOIN judged.refused_settled AS settled ON settled.receipt = r.receipt AND settled.line IS NULL
-- A file refused whole of which all has come since, or a person said so, tells nothing of its sender any more.
WHERE r.status = 'accepted' OR settled.receipt IS NULL
GROUP BY a.sender, r.record, a.file_name
UNION ALL
SELECT DISTINCT t.sender, t.record, t.file_name, true, false, ''
FROM standing.transmittal AS t
