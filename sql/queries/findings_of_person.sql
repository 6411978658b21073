-- The same by its whole key, for whoever may see it: {finding, rule, state, holds, opened}.
SELECT finding, rule, state, holds, opened_at AS opened
FROM judged.finding_now
WHERE record = :record AND key = CAST(:key AS jsonb)
ORDER BY opened_at DESC, finding DESC
