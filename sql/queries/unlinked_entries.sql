-- Receipts whose ledger entries have not been linked yet: {entry, receipt, record}.
SELECT entry.entry, entry.receipt, entry.record
FROM ledger.entry
WHERE NOT EXISTS (SELECT FROM lineage.progress WHERE progress.entry = entry.entry)
ORDER BY entry.entry
