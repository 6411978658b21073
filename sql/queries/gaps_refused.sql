-- Refused rows of the chain: those whose readable links name one of these numbers, and those that could be anything:
-- {file_name, record, rows, naming}.
SELECT receipt.file_name, coalesce(receipt.record, '') AS record, count(*) AS rows,
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM jsonb_each(refused.possible) AS link WHERE link.value ?| (:numbers)
    )) AS naming
FROM receiving.refused
JOIN receiving.receipt USING (receipt)
GROUP BY receipt.file_name, receipt.record
ORDER BY receipt.file_name
