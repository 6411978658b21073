-- How many versions of each record type do not stand, by why.
SELECT record || ' ' || why || ' ' || count(*) FROM judged.superseded GROUP BY record, why ORDER BY 1
