-- For each lot what is known of its vials: {lot, state, basis, vials, lines}.
SELECT lot, state, basis, sum(vials) AS vials, count(*) AS lines
FROM lineage.vial
WHERE lot = ANY (:nodes)
GROUP BY lot, state, basis
ORDER BY lot, state, basis
