-- What rules across records wait for, and notices: {rule, outcome, subjects, overdue, first_due}.
SELECT rule, outcome, count(*) AS subjects, count(*) FILTER (WHERE due_on < current_date) AS overdue,
    min(due_on)::text AS first_due
FROM judged.outcome
WHERE outcome <> 'finding'
GROUP BY rule, outcome
ORDER BY outcome, rule
