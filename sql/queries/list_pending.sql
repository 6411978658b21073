-- What rules across records wait for, and notices, at most so many, what is due first standing first: {rule, outcome,
-- record, key, due, waits_for, whole}. record: the kind of subject is told by the rule. whole: how many there are in all.
SELECT rule, outcome, subject AS key, due_on AS due, waits_for, count(*) OVER () AS whole
FROM judged.outcome_shown
WHERE outcome <> 'finding'
ORDER BY outcome DESC, due_on NULLS LAST, rule, subject
LIMIT CAST(:most AS bigint)
