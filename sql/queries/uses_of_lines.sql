-- What became of these vial lines among these lots: {lot, record, key, state, basis, vials, place, at}; never a patient.
SELECT v.lot, record, key, v.state, v.basis, v.vials, v.place, v.at
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
JOIN lineage.vial AS v USING (record, key)
WHERE v.lot = ANY (CAST(:nodes AS bigint[]))
ORDER BY v.lot, v.at NULLS LAST, record, key
