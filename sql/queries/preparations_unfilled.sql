-- Preparations of which nobody tells what was in them, that a version tells were prepared with one of these lots of diluent,
-- or not with which: {key}.
SELECT DISTINCT e.key
FROM lineage.open_end AS e
JOIN standing.reconstitution AS r ON r.site = e.key ->> 0 AND r.preparation = e.key ->> 1
WHERE e.record = 'reconstitution' AND e.link = 'reconstitution_vial.preparation' AND e.sort = 'without'
    AND coalesce(r.diluent_lot = ANY (CAST(:lots AS text[])), true)
ORDER BY e.key
