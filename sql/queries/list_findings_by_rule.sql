-- Findings and notices by rule, and what they are now: {rule, record, outcome, severity, holds, open, explained, closed, first}.
SELECT
    f.rule, f.record, f.outcome, f.severity, f.holds, count(*) FILTER (WHERE f.state = 'open') AS open,
    count(*) FILTER (WHERE f.state = 'explained') AS explained, count(*) FILTER (WHERE f.state = 'closed') AS closed,
    (array_agg(coalesce(receipt.file_name || ' line ' || coalesce(f.line::text, '?'), 'across records')
        ORDER BY f.finding))[1] AS first
FROM judged.finding_now AS f
LEFT JOIN receiving.receipt USING (receipt)
GROUP BY f.rule, f.record, f.outcome, f.severity, f.holds
ORDER BY f.holds = 'nothing', f.severity, f.rule
