-- Open ends of links of rows, and of what nothing tells of a thing: {record, key, link, sort}. kept_*: the kinds of those that
-- linking keeps; records, links: links of which rows wait, or are awaited.
SELECT kept.record, kept.key, kept.link, kept.sort
FROM unnest(CAST(:kept_records AS text[]), CAST(:kept_links AS text[]), CAST(:kept_sorts AS text[])) AS asked (record, link, sort)
JOIN lineage.open_end AS kept USING (record, link, sort)
UNION ALL
-- Most donations that came last: nobody has told yet what became of them, and few are asked about.
SELECT kept.record, kept.key, kept.link, kept.sort
FROM unnest(CAST(:donations AS text[])) AS asked (number)
JOIN lineage.open_end AS kept ON kept.record = 'donation' AND kept.link = 'plasma_unit.donation' AND kept.sort = 'without'
    AND kept.key = jsonb_build_array(asked.number)
UNION ALL
SELECT e.record, e.key, e.link, e.sort
FROM lineage.open_end_now AS e
WHERE e.record = ANY (CAST(:records AS text[])) AND (
    e.sort = 'awaited'
    OR e.sort = 'parked' AND (e.record, e.link) IN (
        SELECT s.record, s.link FROM unnest(CAST(:records AS text[]), CAST(:links AS text[])) AS s (record, link)
    )
) AND e.sort IN ('parked', 'awaited')
ORDER BY record, key, link
