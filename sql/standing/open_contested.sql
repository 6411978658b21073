-- A finding for each key that was found contested; where one is open already, nothing.
INSERT INTO judged.finding (
    rule, rule_version, record, key, content, receipt, line, outcome, severity, holds, opened_at
)
SELECT DISTINCT ON (v.key)
    CAST(:rule AS text), 1, c.record, c.key, CAST('' AS bytea), v.receipt, v.line, 'finding', 'critical',
    CAST(:holds AS text), CAST(:now AS timestamptz)
FROM key_version AS v
JOIN judged.contested AS c ON c.record = :record AND c.key = v.key
ORDER BY v.key, v.receipt = :receipt DESC, v.receipt DESC, v.line
ON CONFLICT DO NOTHING
