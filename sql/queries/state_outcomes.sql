-- What each rule across records answers, where it is neither passed nor not applicable.
SELECT rule || ' ' || subject::text || ' ' || outcome || ' ' || coalesce(due_on::text, '') FROM judged.outcome ORDER BY 1
