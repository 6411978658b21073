-- Findings by rule: {rule, record, outcome, severity, holds, findings, first_file, first_line}.
SELECT
    finding.rule, finding.record, finding.outcome, finding.severity, finding.holds, count(*) AS findings,
    (array_agg(receipt.file_name || ' line ' || coalesce(finding.line::text, '?') ORDER BY finding.finding))[1] AS first
FROM judged.finding
JOIN receiving.receipt USING (receipt)
GROUP BY finding.rule, finding.record, finding.outcome, finding.severity, finding.holds
ORDER BY finding.holds = 'nothing', finding.severity, finding.rule
