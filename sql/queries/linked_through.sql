-- The newest ledger entry, how many are not linked yet, and the newest checkpoint: {entry, unlinked, checkpoint}.
SELECT
    -- Of the newest entry, linked or not: the answer stands on no later one.
    (SELECT coalesce(max(entry), 0) FROM ledger.entry) AS entry,
    (
        SELECT count(*)
        FROM receiving.conclusion AS concluded
        JOIN ledger.entry USING (act)
        WHERE NOT EXISTS (SELECT FROM lineage.progress WHERE progress.entry = entry.entry)
    ) AS unlinked,
    coalesce((SELECT note FROM ledger.checkpoint ORDER BY size DESC LIMIT 1), '') AS checkpoint
