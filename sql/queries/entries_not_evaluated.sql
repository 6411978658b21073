-- Ledger entries that are linked and to which no rule across records has been put yet: {entry, receipt, record}.
SELECT entry.entry, entry.receipt, entry.record
FROM ledger.entry
JOIN lineage.progress USING (entry)
WHERE NOT EXISTS (SELECT FROM judged.evaluated WHERE evaluated.entry = entry.entry)
ORDER BY entry.entry
