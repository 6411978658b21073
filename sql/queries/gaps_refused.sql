-- Refused rows of the chain: those whose readable links name one of these numbers, and those that could be anything:
-- {file_name, record, rows, naming}.
WITH named AS (  -- joined: many numbers are not compared with each name in turn
    SELECT DISTINCT refused.receipt, refused.line
    FROM receiving.refused
    CROSS JOIN LATERAL jsonb_each(refused.possible) AS link
    CROSS JOIN LATERAL jsonb_array_elements_text(link.value) AS name
    JOIN unnest(CAST(:numbers AS text[])) AS asked (number) ON asked.number = name
)
SELECT receipt.file_name, coalesce(receipt.record, '') AS record, count(*) AS rows, count(named.line) AS naming
FROM receiving.refused
JOIN receiving.receipt USING (receipt)
LEFT JOIN named USING (receipt, line)
GROUP BY receipt.file_name, receipt.record
ORDER BY receipt.file_name
