-- Findings on one thing, newest first: {finding, rule, state, holds, opened}. By the part of its key that is no
-- person's.
SELECT finding, rule, state, holds, opened_at AS opened
FROM judged.finding_now
WHERE record = :record AND shown = CAST(:key AS jsonb)
ORDER BY opened_at DESC, finding DESC
