-- Findings that have been open for longer than their term, by rule: {rule, findings, oldest}.
SELECT rule, count(*) AS findings, min(opened_at) AS oldest
FROM judged.finding_now
WHERE state = 'open' AND outcome = 'finding' AND opened_at < :before
GROUP BY rule
ORDER BY rule
