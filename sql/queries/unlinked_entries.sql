-- Ledger entries of receipts that have not been linked yet: {entry, receipt, record}.
SELECT entry.entry, concluded.receipt, coalesce(concluded.record, '') AS record
FROM receiving.conclusion AS concluded
JOIN ledger.entry USING (act)
WHERE NOT EXISTS (SELECT FROM lineage.progress WHERE progress.entry = entry.entry)
ORDER BY entry.entry
