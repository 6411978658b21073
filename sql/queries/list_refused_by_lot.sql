-- What was refused by the number of a lot or pool that can still be read of it: {of, count}. A row that names several
-- counts for each; a file names none.
SELECT coalesce(named.number, 'no lot named') AS of, count(*) AS count
FROM (
    SELECT possible FROM receiving.refused
    UNION ALL
    SELECT NULL FROM receiving.receipt WHERE status IN ('refused', 'all_refused', 'abandoned')
) AS refused
LEFT JOIN LATERAL (
    -- Of a maker, a number and a step the second; a number may stand alone.
    SELECT DISTINCT coalesce(link.value ->> 1, link.value ->> 0) AS number
    FROM jsonb_each(refused.possible) AS link
    WHERE link.key IN ('lot', 'from_lot', 'pool', 'from_pool') AND jsonb_typeof(link.value) = 'array'
) AS named ON true
GROUP BY coalesce(named.number, 'no lot named')
ORDER BY count DESC, of
