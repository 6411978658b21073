-- What is told of these findings, or of all that nobody has closed: {finding, rule, state, opened}.
SELECT f.finding, f.rule, f.state, f.opened_at AS opened
FROM judged.finding_now AS f
WHERE f.state <> 'closed' AND f.holds <> 'nothing'
    AND (CAST(:of_finding AS bigint) IS NULL OR f.finding = :of_finding)
