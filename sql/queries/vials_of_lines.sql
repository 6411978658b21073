-- For each state of these vial lines among these lots, how many vials: {state, basis, vials, lines}.
SELECT v.state, v.basis, sum(v.vials) AS vials, count(*) AS lines
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
JOIN lineage.vial AS v USING (record, key)
WHERE v.lot = ANY (:nodes)
GROUP BY v.state, v.basis
ORDER BY v.state, v.basis
