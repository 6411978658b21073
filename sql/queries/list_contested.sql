-- Contested keys with their findings, of a sender or of all, at most so many, newest first: {finding, record, key, versions, possible, opened,
-- sender, whole}. whole: how many there are in all.
SELECT f.finding, c.record, c.key, c.versions, c.possible, f.opened_at AS opened,
    coalesce(receipt.sender, '') AS sender, count(*) OVER () AS whole
FROM judged.contested_shown AS c
LEFT JOIN judged.finding_now AS f ON f.finding = c.finding
LEFT JOIN receiving.receipt USING (receipt)
WHERE CAST(:sender AS text) IS NULL OR receipt.sender = :sender
ORDER BY f.opened_at DESC NULLS LAST, f.finding DESC
LIMIT CAST(:most AS bigint)
