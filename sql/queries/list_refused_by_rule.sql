-- Refused rows by reason: {of, count}. Files refused whole have a reason of their own.
SELECT reason AS of, count(*) AS count
FROM (
    SELECT unnest(reasons) AS reason FROM receiving.refused
    UNION ALL
    SELECT coalesce(sentence, 'It was refused whole.') FROM receiving.receipt WHERE status IN ('refused', 'abandoned')
) AS told
GROUP BY reason
ORDER BY count DESC, of
