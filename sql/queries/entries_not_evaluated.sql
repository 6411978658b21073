-- Ledger entries of receipts that are linked and to which no rule across records has been put yet:
-- {entry, receipt, record}.
SELECT entry.entry, concluded.receipt, coalesce(concluded.record, '') AS record
FROM receiving.conclusion AS concluded
JOIN ledger.entry USING (act)
JOIN lineage.progress USING (entry)
WHERE NOT EXISTS (SELECT FROM judged.evaluated WHERE evaluated.entry = entry.entry)
ORDER BY entry.entry
