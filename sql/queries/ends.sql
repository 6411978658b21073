-- Open ends of links of rows, and of what nothing tells of a thing: {record, key, link, sort, many}. kept_*: the kinds of those
-- that linking keeps; whole_*: of these those of which all mean the same: how many, and the first three; records, links: links
-- of which rows wait, or are awaited; sites: those whose ends of a whole kind are asked for, none: all.
SELECT kept.record, kept.key, kept.link, kept.sort, 1 AS many
FROM unnest(CAST(:kept_records AS text[]), CAST(:kept_links AS text[]), CAST(:kept_sorts AS text[])) AS asked (record, link, sort)
JOIN lineage.open_end AS kept USING (record, link, sort)
UNION ALL
SELECT asked.record, first.key, asked.link, 'without', counted.many
FROM unnest(CAST(:whole_records AS text[]), CAST(:whole_links AS text[])) AS asked (record, link)
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS many
    FROM lineage.open_end AS e
    WHERE e.record = asked.record AND e.link = asked.link AND e.sort = 'without'
        AND (CAST(:sites AS text[]) = '{}' OR e.key ->> 0 = ANY (CAST(:sites AS text[])))
) AS counted
CROSS JOIN LATERAL (
    SELECT e.key
    FROM lineage.open_end AS e
    WHERE e.record = asked.record AND e.link = asked.link AND e.sort = 'without'
        AND (CAST(:sites AS text[]) = '{}' OR e.key ->> 0 = ANY (CAST(:sites AS text[])))
    ORDER BY e.key
    LIMIT 3
) AS first
UNION ALL
SELECT e.record, e.key, e.link, e.sort, 1
FROM lineage.open_end_now AS e
WHERE e.record = ANY (CAST(:records AS text[])) AND (
    e.sort = 'awaited'
    OR e.sort = 'parked' AND (e.record, e.link) IN (
        SELECT s.record, s.link FROM unnest(CAST(:records AS text[]), CAST(:links AS text[])) AS s (record, link)
    )
) AND e.sort IN ('parked', 'awaited')
ORDER BY record, key, link
