-- Findings of a receipt by rule, with the first lines that opened them: {rule, outcome, holds, findings, lines}.
SELECT rule, outcome, holds, count(*) AS findings, (array_agg(line ORDER BY line))[1:10] AS lines
FROM judged.finding
WHERE receipt = :receipt
GROUP BY rule, outcome, holds
ORDER BY rule
