-- What rules across records answered when each was last put to everything, and what its findings hold:
-- {rules, subjects, passed, not_applicable, pending, notices, findings, units, lots, cases}.
WITH last AS (
    SELECT DISTINCT ON (rule) subjects, passed, not_applicable, pending, notices, findings
    FROM judged.evaluation
    ORDER BY rule, evaluation DESC
),
held AS (
    SELECT count(*) FILTER (WHERE holds = 'unit') AS units, count(*) FILTER (WHERE holds = 'lot') AS lots,
        count(*) FILTER (WHERE holds = 'case') AS cases
    FROM judged.finding_now
    WHERE receipt IS NULL AND state = 'open'
)
SELECT count(*) AS rules, sum(subjects) AS subjects, sum(passed) AS passed, sum(not_applicable) AS not_applicable,
    sum(pending) AS pending, sum(notices) AS notices, sum(findings) AS findings,
    (SELECT units FROM held) AS units, (SELECT lots FROM held) AS lots, (SELECT cases FROM held) AS cases
FROM last
