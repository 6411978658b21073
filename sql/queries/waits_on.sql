-- What rules across records wait for, or notice, of one thing: {rule, outcome, due, waits_for}.
SELECT rule, outcome, due_on AS due, waits_for
FROM judged.outcome_shown
WHERE rule = ANY (:rules) AND subject = CAST(:key AS jsonb) AND outcome <> 'finding'
ORDER BY rule
