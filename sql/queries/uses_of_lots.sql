-- What became of the vials of these lots: {lot, record, key, state, basis, vials, place, at}; never a patient.
SELECT lot, record, key, state, basis, vials, place, at
FROM lineage.vial
WHERE lot = ANY (CAST(:nodes AS bigint[]))
ORDER BY lot, at NULLS LAST, record, key
