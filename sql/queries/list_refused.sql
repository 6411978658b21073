-- What was refused, of a sender or of all, at most so many, files refused whole first and newest first: {refused, received, sender, file_name,
-- record, reasons, whole}. whole: how many there are in all.
WITH file AS (
    SELECT receipt.receipt, CAST(NULL AS bigint) AS line,
        CASE receipt.status
            WHEN 'refused' THEN ARRAY[coalesce(receipt.sentence, 'It was refused whole.')]
            WHEN 'abandoned' THEN ARRAY['A person gave it up.', receipt.sentence]
            ELSE ARRAY['Every row of it is refused: ' || coalesce(receipt.counts ->> 'refused', '?') || '.']
        END AS reasons
    FROM receiving.receipt
    WHERE receipt.status IN ('refused', 'all_refused', 'abandoned')
),
refused AS (
    SELECT receipt, line, array_remove(reasons, NULL) AS reasons FROM file
    UNION ALL
    SELECT receipt, line, reasons FROM receiving.refused
)
SELECT concat_ws(':', refused.receipt, refused.line) AS refused, receipt.received_at AS received, receipt.sender,
    receipt.file_name, receipt.record, refused.reasons, count(*) OVER () AS whole
FROM refused
JOIN receiving.receipt USING (receipt)
WHERE CAST(:sender AS text) IS NULL OR receipt.sender = :sender
ORDER BY refused.line IS NOT NULL, receipt.received_at DESC, refused.receipt DESC, refused.line
LIMIT CAST(:most AS bigint)
