-- The findings of a rule that nobody has closed: {finding, record, holds}.
SELECT f.finding, f.record, f.holds
FROM judged.finding_now AS f
WHERE f.rule = :rule AND f.state <> 'closed'
ORDER BY f.finding
