-- The ledger's entries after a number, each with its secret, and what was accepted with it: {entry, act, kind, reference,
-- leaves, root, edge, at, by, secret, record, receipt}.
SELECT
    entry.entry, entry.act, entry.kind, entry.reference, entry.leaves, entry.root, entry.edge, entry.at, entry.by,
    secret.secret, accepted.record, accepted.receipt
FROM ledger.entry
LEFT JOIN ledger.secret USING (act)
LEFT JOIN receiving.conclusion AS accepted ON accepted.act = entry.act AND accepted.status = 'accepted'
WHERE entry.entry > :after
ORDER BY entry.entry
