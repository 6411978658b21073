-- Donations whose samples are in a minipool, directly or through others: {donation_number, node, record, key}.
WITH RECURSIVE below (member_kind, member) AS (
    SELECT 'minipool', CAST(:name AS text)
    UNION
    SELECT m.member_kind, m.member
    FROM below
    JOIN standing.minipool_member AS m ON m.minipool = below.member
    WHERE below.member_kind = 'minipool'
)
SELECT DISTINCT member AS donation_number, NULL::bigint AS node, NULL AS record, NULL::jsonb AS key
FROM below
WHERE member_kind = 'donation'
