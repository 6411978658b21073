-- Rows of which something was taken out: {entry, relation, place, by_entry}, the last redaction of each.
SELECT DISTINCT ON (own.entry, r.relation, r.place) own.entry, r.relation, r.place, done.entry AS by_entry
FROM ledger.redacted AS r
JOIN ledger.entry AS own ON own.act = r.of_act
JOIN ledger.entry AS done ON done.act = r.act
ORDER BY own.entry, r.relation, r.place, r.redacted DESC
