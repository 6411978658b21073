-- Retractions by their senders that no person here confirmed or took away, of records that take two people, newest
-- first: {record, receipt, line, sender, at}.
SELECT s.record, s.receipt, s.line, b.sender, b.received_at AS at
FROM judged.superseded AS s
JOIN receiving.receipt AS b USING (receipt)
WHERE s.why = 'retraction' AND NOT s.record = ANY (CAST(:alone AS text[])) AND NOT EXISTS (
    SELECT FROM judged.retraction_now AS r
    WHERE r.receipt = s.receipt AND r.line = s.line AND r.state = 'in_force'
)
ORDER BY s.receipt DESC, s.line
