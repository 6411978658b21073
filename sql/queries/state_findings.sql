-- Each finding by what it is about.
SELECT rule || ' ' || rule_version || ' ' || record || ' ' || key::text || ' ' || encode(content, 'hex')
FROM judged.finding ORDER BY 1
