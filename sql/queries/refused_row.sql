-- A refused row and its file: {file_name, sender, received, record, reasons}.
SELECT receipt.file_name, receipt.sender, receipt.received_at AS received, receipt.record, refused.reasons
FROM receiving.refused
JOIN receiving.receipt USING (receipt)
WHERE refused.receipt = :receipt AND refused.line = :line
