-- Results of a kit's lot, a laboratory or an analyser in a period, by the column that names it: what these results are
-- of, minipools down to their donations: {donation_number, node, record, key}.
WITH RECURSIVE result AS (
    SELECT DISTINCT r.tested, r.tested_id
    FROM standing.test_result AS r
    LEFT JOIN lineage.place AS pl ON pl.party = r.laboratory
    -- Which column is known before the statement is planned, and nothing of this is left then but its index.
    WHERE CASE :column
        WHEN 'kit_lot' THEN r.kit_lot WHEN 'laboratory' THEN r.laboratory WHEN 'analyser' THEN r.analyser
    END = :name AND lineage.within(
        r.tested_at, r.tested_at_offset_min, pl.zone,
        :since_day, :until_day, :since_at, :until_at
    )
),
below (member_kind, member) AS (
    SELECT tested, tested_id FROM result WHERE tested IN ('minipool', 'donation')
    UNION
    SELECT m.member_kind, m.member
    FROM below
    JOIN standing.minipool_member AS m ON m.minipool = below.member
    WHERE below.member_kind = 'minipool'
)
SELECT member AS donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM below
WHERE member_kind = 'donation'
UNION
SELECT d.donation_number, NULL, NULL, NULL
FROM result
LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = result.tested_id
LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
JOIN standing.donation AS d ON d.donor_key = coalesce(same.key, result.tested_id)
WHERE result.tested = 'donor'
UNION
SELECT NULL, n.node, NULL, NULL
FROM result
JOIN lineage.node AS n ON n.number = result.tested_id
WHERE result.tested = 'pool' AND n.step = 'pool' OR result.tested = 'lot' AND n.step <> 'pool'
