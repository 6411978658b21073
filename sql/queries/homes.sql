-- Which of these parties are patients' homes, by all that is told of them: {party}.
SELECT p.party_id AS party
FROM standing.party AS p
WHERE p.party_id = ANY (CAST(:parties AS text[]))
GROUP BY p.party_id
HAVING bool_and(coalesce(p.kind = 'patient_home', false))
