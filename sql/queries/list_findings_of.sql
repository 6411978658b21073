-- The findings and notices of a rule that nobody has closed: {finding, record, state, holds, opened, told_by}.
SELECT f.finding, f.record, f.state, f.holds, f.opened_at AS opened,
    coalesce(receipt.file_name || ' line ' || f.line::text, 'across records: ' || array_to_string(
        ARRAY(SELECT jsonb_array_elements_text(f.shown)), '/'
    ), '') AS told_by
FROM judged.finding_now AS f
LEFT JOIN receiving.receipt USING (receipt)
WHERE f.rule = :rule AND f.state <> 'closed'
ORDER BY f.state DESC, f.finding
