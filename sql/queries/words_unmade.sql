-- Words of persons that are known by their entries alone, since a database was put back from a copy, and of which nobody
-- has said since that they were said again: {count}.
SELECT count(*)
FROM ledger.newest AS put_back
JOIN ledger.entry ON entry.entry BETWEEN put_back.from_entry AND put_back.to_entry
WHERE entry.kind <> ALL (:not_said)
    AND NOT EXISTS (SELECT FROM ledger.newest AS later WHERE later.newest > put_back.newest)
