-- How far the ledger has come: {noted, unmade, size, edge, origin}. noted: over how many entries a checkpoint was written
-- outside, which must be found there (0: none was, or a person said that it need not be); unmade: words of persons that are
-- known by their entries alone, since a database was put back from a copy, and of which nobody has said since that they
-- were said again; edge: of the tree when it had as many entries as are asked for.
SELECT
    (
        SELECT coalesce(max(c.size), 0)
        FROM ledger.checkpoint AS c
        WHERE c.size > (SELECT coalesce(max(n.noted), 0) FROM ledger.newest AS n)
    ) AS noted,
    (
        SELECT count(*)
        FROM ledger.newest AS put_back
        JOIN ledger.entry ON entry.entry BETWEEN put_back.from_entry AND put_back.to_entry
        WHERE entry.kind <> ALL (:not_said)
            AND NOT EXISTS (SELECT FROM ledger.newest AS later WHERE later.newest > put_back.newest)
    ) AS unmade,
    (SELECT coalesce(max(e.entry), 0) FROM ledger.entry AS e) AS size,
    (SELECT e.edge FROM ledger.entry AS e WHERE e.entry = :entries) AS edge,
    (SELECT o.origin FROM ledger.origin AS o) AS origin
