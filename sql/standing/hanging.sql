-- All that a retraction can change, as texts that are compared: {what, of, item, says}. `item` tells one from another and
-- is shown to nobody; `of` names lots and records alone.
SELECT 'link between lots' AS what, concat_ws(' ', p.step, p.maker || '/' || p.number, 'to', c.step, c.maker || '/' || c.number) AS of,
    e.parent || ' ' || e.child AS item, '' AS says
FROM lineage.edge AS e
JOIN lineage.node AS p ON p.node = e.parent
JOIN lineage.node AS c ON c.node = e.child
UNION ALL
SELECT 'vial line', concat_ws(' ', v.record, 'of', n.maker || '/' || n.number), v.lot || ' ' || v.record || ' ' || v.key::text || ' ' || v.patient,
    concat_ws('/', v.basis, v.state, v.vials, v.least, v.lots, v.sure, v.alone, v.origin, v.holds)
FROM lineage.vial AS v
JOIN lineage.node AS n ON n.node = v.lot
UNION ALL
SELECT 'link of a row', p.record || ' to its ' || p.link, p.record || ' ' || p.key::text || ' ' || p.link || ' ' || p.names::text, ''
FROM lineage.parked AS p
UNION ALL
SELECT 'key', record, record || ' ' || key::text, '' FROM judged.retracted
UNION ALL
SELECT 'contested key', record, record || ' ' || key::text, versions || ' ' || possible FROM judged.contested
UNION ALL
SELECT 'key of a person', kind, kind || ' ' || key, person FROM lineage.person
UNION ALL
SELECT 'place', 'party', concat_ws('/', party, zone, jurisdiction), '' FROM lineage.place
UNION ALL
SELECT 'open end', concat_ws(' ', record, CASE sort WHEN 'empty' THEN 'does not tell its' ELSE 'without' END, link),
    concat_ws(' ', record, link, sort, key::text), ''
FROM lineage.open_end
