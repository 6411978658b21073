-- Samples that are reached and lead to nothing that is known: {record, key, link, sort}. Of results of a kit's lot, a laboratory or an
-- analyser (kind, name), or of a minipool: results of what nobody knows, minipools without members, members that nobody
-- knows. A donation is known by its row or by a unit.
WITH RECURSIVE result AS MATERIALIZED (  -- each by itself, so that it is sought by its index
    SELECT r.sample, r.marker, r.run, r.tested, r.tested_id
    FROM standing.test_result AS r
    WHERE :kind = 'kit_lot' AND r.kit_lot = :name
    UNION ALL
    SELECT r.sample, r.marker, r.run, r.tested, r.tested_id
    FROM standing.test_result AS r
    WHERE :kind = 'laboratory' AND r.laboratory = :name
    UNION ALL
    SELECT r.sample, r.marker, r.run, r.tested, r.tested_id
    FROM standing.test_result AS r
    WHERE :kind = 'analyser' AND r.analyser = :name
),
minipool (name) AS (
    SELECT CAST(:name AS text) WHERE :kind = 'minipool'
    UNION
    SELECT tested_id FROM result WHERE tested = 'minipool' AND tested_id IS NOT NULL
    UNION
    SELECT m.member
    FROM minipool
    JOIN standing.minipool_member AS m ON m.minipool = minipool.name
    WHERE m.member_kind = 'minipool'
),
member AS MATERIALIZED (
    SELECT m.minipool, m.member_kind, m.member
    FROM minipool
    JOIN standing.minipool_member AS m ON m.minipool = minipool.name
    WHERE m.member_kind = 'donation'
),
named AS MATERIALIZED (
    SELECT tested_id AS number FROM result WHERE tested = 'donation'
    UNION ALL
    SELECT member FROM member
),
given AS MATERIALIZED (  -- all at once: of tens of thousands nearly all are known
    SELECT d.donation_number AS number
    FROM standing.donation AS d
    WHERE d.donation_number = ANY (ARRAY(SELECT number FROM named))
),
known AS MATERIALIZED (
    SELECT number FROM given
    UNION ALL
    SELECT u.donation_number
    FROM standing.plasma_unit AS u
    WHERE u.donation_number = ANY (ARRAY(SELECT number FROM named WHERE number NOT IN (SELECT number FROM given)))
)
SELECT 'test_result' AS record, jsonb_build_array(sample, marker, run::text) AS key,
    CASE WHEN tested_id IS NULL THEN 'donation' ELSE coalesce(tested, 'donation') END AS link,
    CASE WHEN tested IS NULL OR tested_id IS NULL THEN 'empty' ELSE 'parked' END AS sort
FROM result
WHERE tested IS NULL OR tested_id IS NULL
    OR tested = 'donation' AND tested_id NOT IN (SELECT number FROM known)
    -- Who is known by a record, and gave nothing, was an applicant.
    OR tested = 'donor' AND NOT EXISTS (
        SELECT FROM standing.donor AS own WHERE own.donor_key = tested_id OFFSET 0
    ) AND NOT EXISTS (
        SELECT FROM standing.donation AS d
        WHERE d.donor_key = tested_id OR d.donor_key IN (
            SELECT same.key
            FROM lineage.person AS own
            JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
            WHERE own.kind = 'donor' AND own.key = tested_id
        )
    )
    OR tested = 'pool' AND NOT EXISTS (SELECT FROM lineage.node AS n WHERE n.number = tested_id AND n.step = 'pool')
    OR tested = 'lot' AND NOT EXISTS (SELECT FROM lineage.node AS n WHERE n.number = tested_id AND n.step <> 'pool')
UNION
SELECT 'minipool', jsonb_build_array(name), 'minipool_member.minipool', 'without'
FROM minipool
WHERE NOT EXISTS (SELECT FROM standing.minipool_member AS m WHERE m.minipool = minipool.name)
UNION
SELECT 'minipool_member', jsonb_build_array(m.minipool, m.member_kind, m.member), 'donation', 'parked'
FROM member AS m
WHERE m.member NOT IN (SELECT number FROM known)
ORDER BY record, key
