-- Each finding of a row by what it is about.
SELECT rule || ' ' || rule_version || ' ' || record || ' ' || key::text || ' ' || encode(content, 'hex')
FROM judged.finding WHERE receipt IS NOT NULL ORDER BY 1
