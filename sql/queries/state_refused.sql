-- Each refused row once, by the bytes of its file and its line.
SELECT encode(receipt.sha256, 'hex') || ' ' || refused.line || ' ' || array_to_string(refused.reasons, '|')
FROM receiving.refused JOIN receiving.receipt USING (receipt) ORDER BY 1
