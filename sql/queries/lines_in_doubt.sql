-- Lines of these lots, or of these lines alone (single), that tell another lot than what was in their preparation
-- (disagrees), or a number that packed lots of several makers have (several), they or what their preparation was made of:
-- {record, key, sort}.
WITH mine AS MATERIALIZED (  -- lines of several lots are in no sum, and few
    SELECT DISTINCT v.record, v.key, v.place, v.preparation, v.basis
    FROM lineage.vial_bound AS bound
    JOIN lineage.vial AS v USING (lot, record, key)
    WHERE NOT :single AND (bound.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE
    UNION
    SELECT v.record, v.key, v.place, v.preparation, v.basis
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
    JOIN lineage.vial AS v USING (record, key)
    WHERE :single
),
looked_at AS (  -- each line with those that tell its label
    SELECT record, key, record AS of_record, key AS of_key FROM mine
    UNION
    SELECT mine.record, mine.key, 'reconstitution_vial', jsonb_build_array(r.site, r.preparation, r.item::text)
    FROM mine
    JOIN standing.reconstitution_vial AS r ON r.site = mine.place AND r.preparation = mine.preparation
    WHERE mine.basis = 'preparation'
)
SELECT mine.record, mine.key, 'disagrees' AS sort
FROM mine
WHERE EXISTS (
    SELECT FROM lineage.vial AS other
    WHERE other.record = mine.record AND other.key = mine.key AND other.basis = 'disagreement'
)
UNION
SELECT looked_at.record, looked_at.key, 'several'
FROM looked_at
JOIN lineage.vial AS one ON one.record = looked_at.of_record AND one.key = looked_at.of_key AND one.basis = 'lot'
JOIN lineage.vial AS other
    ON other.record = one.record AND other.key = one.key AND other.basis IN ('lot', 'pack') AND other.lot <> one.lot
JOIN lineage.node AS one_lot ON one_lot.node = one.lot
JOIN lineage.node AS other_lot ON other_lot.node = other.lot AND other_lot.number = one_lot.number
ORDER BY record, key, sort
