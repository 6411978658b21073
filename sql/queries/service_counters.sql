-- What a monitor watches, counted: {name, label, count}. Nothing of a person, of a lot or of a sender is in it.
SELECT 'receipts' AS name, status AS label, count(*) AS count FROM receiving.receipt GROUP BY status
UNION ALL
SELECT 'ledger_entries', '', count(*) FROM ledger.entry
UNION ALL
SELECT 'ledger_entries_not_linked', '', count(*)
FROM receiving.conclusion
JOIN ledger.entry AS e USING (act)
WHERE NOT EXISTS (SELECT FROM lineage.progress AS p WHERE p.entry = e.entry)
UNION ALL
SELECT 'ledger_entries_not_signed', '', count(*)
FROM ledger.entry
WHERE entry > coalesce((SELECT max(size) FROM ledger.checkpoint), 0)
UNION ALL
SELECT 'findings_open', holds, count(*) FROM judged.finding_now WHERE state = 'open' GROUP BY holds
UNION ALL
SELECT 'keys_contested', '', count(*) FROM judged.contested
ORDER BY name, label
