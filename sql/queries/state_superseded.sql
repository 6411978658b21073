-- How many versions of each record type are superseded.
SELECT record || ' ' || count(*) FROM accepted.superseded GROUP BY record ORDER BY 1
