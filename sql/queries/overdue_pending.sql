-- Pending outcomes whose term has passed, by rule: {rule, subjects, first_due}.
SELECT rule, count(*) AS subjects, min(due_on) AS first_due
FROM judged.outcome
WHERE outcome = 'pending' AND due_on < :today
GROUP BY rule
ORDER BY rule
