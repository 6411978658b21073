-- What these rules answer, where it is neither passed nor not applicable: {rule, subject, outcome}.
SELECT rule, subject, outcome FROM judged.outcome WHERE rule = ANY (:rules) ORDER BY rule, subject
