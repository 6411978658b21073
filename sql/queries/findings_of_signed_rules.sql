-- Open findings of rules that two signed in advance to stop lots by, since then: {signed, finding}. Those that stopped
-- something already among them: what they hold may have grown.
SELECT e.disposition AS signed, f.finding
FROM judged.in_effect AS e
JOIN judged.finding_now AS f ON f.rule = e.key ->> 0
WHERE e.thing = 'rule' AND f.state = 'open' AND f.outcome = 'finding' AND f.opened_at >= e.at
ORDER BY f.finding
