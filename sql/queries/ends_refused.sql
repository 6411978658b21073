-- Refused rows that nothing has settled, of these records or of none that could be read, with the pool or lot that their
-- readable links lead to:
-- {record, file_name, sender, receipt, line, node}.
SELECT
    coalesce(receipt.record, '') AS record, receipt.file_name, receipt.sender, refused.receipt, refused.line,
    CASE WHEN receipt.record = ANY (CAST(:makers AS text[])) THEN made.node END AS node
FROM receiving.refused
JOIN receiving.receipt USING (receipt)
LEFT JOIN LATERAL (
    SELECT coalesce(refused.possible -> 'pool', refused.possible -> 'lot') AS named,
        CASE receipt.record WHEN 'pool_unit' THEN 'pool' WHEN 'filling_load' THEN 'filled'
            WHEN 'lyophilisation_load' THEN 'dried' END AS step
) AS told ON true
LEFT JOIN lineage.node AS made ON made.maker = told.named ->> 0 AND made.number = told.named ->> 1
    AND made.step = coalesce(told.step, told.named ->> 2)
LEFT JOIN judged.refused_settled AS settled ON settled.receipt = refused.receipt AND settled.line = refused.line
WHERE (receipt.record = ANY (CAST(:records AS text[])) OR receipt.record IS NULL) AND settled.receipt IS NULL
ORDER BY receipt.file_name, refused.line
