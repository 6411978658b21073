-- Open findings of rules that two signed in advance to stop lots by, since then: {signed, finding}. Those that stopped
-- something already among them: what they hold may have grown.
SELECT s.signed, s.finding
FROM judged.stopped_by_rule AS s
ORDER BY s.finding, s.signed
