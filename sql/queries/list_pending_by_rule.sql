-- What rules across records wait for, and notices: {rule, outcome, subjects, overdue, first_due, waits_for}.
SELECT rule, outcome, count(*) AS subjects, count(*) FILTER (WHERE due_on < current_date) AS overdue,
    min(due_on) AS first_due, waits_for
FROM judged.outcome
WHERE outcome <> 'finding'
GROUP BY rule, outcome, waits_for
ORDER BY outcome, rule, waits_for
