-- Refused rows of a receipt by reason, with the first lines: {reason, rows, lines}.
SELECT reason, count(*) AS rows, (array_agg(line ORDER BY line))[1:10] AS lines
FROM receiving.refused, unnest(reasons) AS reason
WHERE receipt = :receipt
GROUP BY reason
ORDER BY rows DESC, reason
-- A page for people: a file of a million different reasons would be no report.
LIMIT 200
