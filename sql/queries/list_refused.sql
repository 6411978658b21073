-- Refused rows: {file_name, sender, line, reasons}.
SELECT receipt.file_name, receipt.sender, refused.line, refused.reasons
FROM receiving.refused
JOIN receiving.receipt USING (receipt)
ORDER BY receipt.file_name, receipt.receipt, refused.line
