-- Each finding of a row by what it is about. Of contests only those that stand: whether one was seen before newer
-- versions ended it, the order of arrival says.
SELECT rule || ' ' || rule_version || ' ' || record || ' ' || key::text || ' ' || encode(content, 'hex')
FROM judged.finding AS f
WHERE receipt IS NOT NULL AND (rule <> 'contested' OR EXISTS (
    SELECT FROM judged.contested AS c WHERE c.record = f.record AND c.key = f.key
))
ORDER BY 1
