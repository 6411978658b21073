-- Donations of which these receipts may change what was found in them: {donation_number}.
CREATE TEMP TABLE scope_screening ON COMMIT DROP AS
WITH RECURSIVE below (member_kind, member) AS (
    SELECT 'minipool', minipool FROM accepted.minipool_member WHERE receipt = ANY (:receipts)
    UNION
    SELECT 'minipool', tested_id FROM accepted.test_result WHERE receipt = ANY (:receipts) AND tested = 'minipool'
    UNION
    SELECT m.member_kind, m.member
    FROM below
    JOIN accepted.minipool_member AS m ON m.minipool = below.member
    WHERE below.member_kind = 'minipool'
)
SELECT member AS donation_number FROM below WHERE member_kind = 'donation'
UNION
SELECT tested_id FROM accepted.test_result WHERE receipt = ANY (:receipts) AND tested = 'donation'
UNION
SELECT donation_number FROM accepted.donation WHERE receipt = ANY (:receipts)
