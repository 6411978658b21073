-- What differs between two moments of all that a retraction can change: {what, of, becomes, rows}.
SELECT what, of,
    CASE
        WHEN before.says IS NOT NULL AND after.says IS NOT NULL THEN 'changed'
        WHEN before.says IS NULL THEN 'new'
        ELSE 'gone'
    END AS becomes,
    count(*) AS rows
FROM hanging_before AS before
FULL JOIN hanging_after AS after USING (what, of, item)
WHERE before.says IS DISTINCT FROM after.says
GROUP BY what, of, becomes
ORDER BY what, becomes, of
