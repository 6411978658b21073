-- The newest ledger entry, and how many are not linked yet: {entry, entry_hash, unlinked}.
SELECT
    coalesce(max(entry.entry), 0) AS entry,
    count(*) FILTER (WHERE NOT EXISTS (SELECT FROM lineage.progress WHERE progress.entry = entry.entry)) AS unlinked,
    -- Of the newest entry, linked or not: the answer stands on no later one.
    (SELECT encode(entry_hash, 'hex') FROM ledger.entry AS last ORDER BY last.entry DESC LIMIT 1) AS entry_hash
FROM ledger.entry
