-- Open findings that two people signed in advance to stop lots by, each opened after that was in force: {signed, rule,
-- instruction, finding}. After by the order of the ledger, which no clock and no zone moves; one whose entry is still to be
-- written comes after all.
SELECT e.disposition AS signed, e.key ->> 0 AS rule, e.given ->> 'instruction' AS instruction, f.finding
FROM judged.in_effect AS e
JOIN judged.finding_now AS f ON f.rule = e.key ->> 0
JOIN judged.finding AS found USING (finding)
LEFT JOIN ledger.entry AS opened ON opened.act = found.act
WHERE e.thing = 'rule' AND f.state = 'open' AND f.outcome = 'finding' AND (opened.entry IS NULL OR opened.entry > (
    SELECT max(entry.entry)
    FROM judged.disposition_word AS w
    JOIN ledger.entry USING (act)
    WHERE w.disposition = e.disposition
))
