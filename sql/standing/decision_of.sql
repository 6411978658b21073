-- The decision that counts of a key, the last that was not taken back: {decision, receipt, line}.
SELECT d.decision, d.receipt, d.line
FROM judged.decision AS d
WHERE d.record = :record AND d.key = CAST(:key AS jsonb)
    AND NOT EXISTS (SELECT FROM judged.decision_back AS b WHERE b.decision = d.decision)
ORDER BY d.decision DESC
LIMIT 1
