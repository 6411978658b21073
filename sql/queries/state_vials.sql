-- Each linked vial.
SELECT n.maker || '/' || n.number || ' ' || v.record || ' ' || v.key::text || ' ' || v.basis || ' ' || v.state || ' '
    || v.vials || ' ' || v.patient_key || ' ' || coalesce(v.gtin, '') || ' ' || coalesce(v.serial, '')
    || ' ' || v.least || ' ' || v.lots || ' ' || v.sure || ' ' || coalesce(v.preparation, '')
    || ' ' || v.alone || ' ' || coalesce(v.origin, '') || ' ' || coalesce(v.holds, 0)
-- By names and not by numbers of nodes: those hang on the order of arrival.
FROM lineage.vial AS v JOIN lineage.node AS n ON n.node = v.lot ORDER BY 1
