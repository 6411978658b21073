-- Each contested key with its versions.
SELECT record || ' ' || key::text || ' ' || versions FROM judged.contested ORDER BY 1
