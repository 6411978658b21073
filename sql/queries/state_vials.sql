-- Each linked vial, by keys and not by numbers: those hang on the order of arrival.
SELECT n.maker || '/' || n.number || ' ' || v.record || ' ' || v.key::text || ' ' || v.basis || ' ' || v.state || ' '
    || v.vials || ' ' || coalesce(p.key, '') || ' ' || coalesce(v.gtin, '') || ' ' || coalesce(v.serial, '')
    || ' ' || v.least || ' ' || v.lots || ' ' || v.sure || ' ' || coalesce(v.preparation, '')
    || ' ' || v.alone || ' ' || coalesce(v.origin, '') || ' ' || coalesce(v.holds, 0) || ' ' || v.to_others
FROM lineage.vial AS v JOIN lineage.node AS n ON n.node = v.lot LEFT JOIN lineage.patient AS p USING (patient) ORDER BY 1
