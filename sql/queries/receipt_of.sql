-- All that is told of a receipt: {file_name, sender, bytes, received_at, received_by, record, status, sentence, counts,
-- tallies, layout, entry}.
SELECT
    receipt.file_name, receipt.sender, receipt.bytes, receipt.received_at, receipt.received_by, receipt.record,
    receipt.status, receipt.sentence, receipt.counts, receipt.tallies, receipt.layout, entry.entry
FROM receiving.receipt
LEFT JOIN LATERAL (
    SELECT entry.entry
    FROM receiving.conclusion AS concluded
    JOIN ledger.entry USING (act)
    WHERE concluded.receipt = receipt.receipt
    ORDER BY concluded.conclusion DESC
    LIMIT 1
) AS entry ON true
WHERE receipt.receipt = :receipt
