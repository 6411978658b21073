-- All that is told of a finding: {finding, rule, rule_version, record, key, receipt, line, outcome, severity, holds, state,
-- opened, told_by}.
SELECT f.finding, f.rule, f.rule_version, f.record, f.shown AS key, f.receipt, f.line, f.outcome, f.severity, f.holds,
    f.state, f.opened_at AS opened,
    coalesce(receipt.file_name || ' line ' || f.line::text || ' of ' || receipt.sender, 'across records') AS told_by
FROM judged.finding_now AS f
LEFT JOIN receiving.receipt USING (receipt)
WHERE f.finding = :finding
