-- Lines of these lots, or of these lines alone (single), that tell another lot than what was in their preparation: {record, key}.
SELECT v.record, v.key
FROM lineage.vial_bound AS bound
JOIN lineage.vial AS v USING (lot, record, key)
WHERE NOT :single AND (bound.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE AND EXISTS (
    SELECT FROM lineage.vial AS other WHERE other.record = v.record AND other.key = v.key AND other.basis = 'disagreement'
)
UNION
SELECT line.record, line.key
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
JOIN lineage.vial AS v USING (record, key)
WHERE :single AND v.basis = 'disagreement'
ORDER BY record, key
