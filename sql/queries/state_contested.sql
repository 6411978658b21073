-- Each contested key with its versions.
SELECT record || ' ' || key::text || ' ' || versions || ' ' || possible FROM judged.contested ORDER BY 1
