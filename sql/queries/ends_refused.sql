-- Refused rows that nothing has settled, of these records or of none that could be read, with the pool or lot that their
-- readable links lead to: {record, sender, node, many, file_names, receipts, lines}. One by one those that lead to one, and
-- those of the records apart; of the others, which all mean the same, of each sender how many, and the first three.
SELECT
    one.record, one.sender, one.node, count(*) AS many,
    (array_agg(one.file_name ORDER BY one.file_name COLLATE "C", one.line, one.receipt))[1 : 3] AS file_names,
    (array_agg(one.receipt ORDER BY one.file_name COLLATE "C", one.line, one.receipt))[1 : 3] AS receipts,
    (array_agg(one.line ORDER BY one.file_name COLLATE "C", one.line, one.receipt))[1 : 3] AS lines
FROM (
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
) AS one
GROUP BY one.record, one.sender, one.node,
    CASE WHEN one.node IS NOT NULL OR one.record = ANY (CAST(:apart AS text[])) THEN one.receipt END,
    CASE WHEN one.node IS NOT NULL OR one.record = ANY (CAST(:apart AS text[])) THEN one.line END
