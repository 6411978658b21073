-- All that is told of a receipt: {file_name, sender, bytes, sha256, received_at, received_by, record, status, sentence,
-- counts, tallies, layout, entry, entry_hash}.
SELECT
    receipt.file_name, receipt.sender, receipt.bytes, encode(receipt.sha256, 'hex') AS sha256, receipt.received_at,
    receipt.received_by, receipt.record, receipt.status, receipt.sentence, receipt.counts, receipt.tallies,
    receipt.layout, entry.entry, encode(entry.entry_hash, 'hex') AS entry_hash
FROM receiving.receipt
LEFT JOIN LATERAL (
    SELECT entry, entry_hash FROM ledger.entry WHERE entry.receipt = receipt.receipt ORDER BY entry DESC LIMIT 1
) AS entry ON true
WHERE receipt.receipt = :receipt
