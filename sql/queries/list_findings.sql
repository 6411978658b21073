-- The findings and notices that nobody has closed, of a rule and of a sender or of all, at most so many, newest first: {finding, rule,
-- state, holds, record, key, opened, told_by, whole}. whole: how many there are in all.
SELECT f.finding, f.rule, f.state, f.holds, f.record, f.shown AS key, f.opened_at AS opened,
    coalesce(receipt.file_name || ' line ' || f.line::text, 'across records') AS told_by, count(*) OVER () AS whole
FROM judged.finding_now AS f
LEFT JOIN receiving.receipt USING (receipt)
WHERE f.state <> 'closed' AND (CAST(:rule AS text) IS NULL OR f.rule = :rule)
    AND (CAST(:sender AS text) IS NULL OR receipt.sender = :sender)
ORDER BY f.state = 'explained', f.opened_at DESC, f.finding DESC
LIMIT CAST(:most AS bigint)
