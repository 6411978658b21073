-- Each key of which nothing stands, and whether what replaces it may still come.
SELECT record || ' ' || key::text || ' ' || due FROM judged.retracted ORDER BY 1
