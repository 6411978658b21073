-- Open ends of these links of rows, and of what nothing tells of a thing as these links would: {record, key, link, sort}.
-- An infusion's vial that tells no preparation is one only where it is asked what was prepared.
SELECT e.record, e.key, e.link, e.sort
FROM lineage.open_end_now AS e
WHERE e.record = ANY (CAST(:all_records AS text[])) AND CASE e.sort
    WHEN 'without' THEN e.link = ANY (CAST(:demands AS text[])) AND (
        -- Most donations that came last: nobody has told yet what became of them, and few are asked about.
        e.record <> 'donation' OR e.link = 'donation' OR e.key ->> 0 = ANY (CAST(:donations AS text[]))
    )
    WHEN 'awaited' THEN e.record = ANY (CAST(:records AS text[]))
    ELSE (e.record, e.link) IN (
        SELECT s.record, s.link FROM unnest(CAST(:records AS text[]), CAST(:links AS text[])) AS s (record, link)
    ) AND (:prepared OR e.record <> 'administration_vial' OR e.link <> 'preparation' OR e.sort = 'parked')
    END
ORDER BY e.record, e.key, e.link
