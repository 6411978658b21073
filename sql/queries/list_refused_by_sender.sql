-- What was refused, rows and files, by sender: {of, count}.
SELECT receipt.sender AS of, count(*) AS count
FROM (
    SELECT receipt FROM receiving.refused
    UNION ALL
    SELECT receipt FROM receiving.receipt WHERE status IN ('refused', 'all_refused', 'abandoned')
) AS told
JOIN receiving.receipt USING (receipt)
GROUP BY receipt.sender
ORDER BY count DESC, of
