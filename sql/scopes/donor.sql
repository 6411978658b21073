-- Donations of every person of whom these receipts may change what is known: {donation_number}.
CREATE TEMP TABLE scope_donor ON COMMIT DROP AS
WITH deferred (donor_key) AS (
    SELECT DISTINCT coalesce(same.key, f.donor_key)
    FROM accepted.deferral AS f
    LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = f.donor_key
    LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
),
touched (donor_key) AS (
    SELECT donor_key FROM accepted.donation WHERE receipt = ANY (:receipts)
    UNION
    SELECT donor_key FROM accepted.donor WHERE receipt = ANY (:receipts)
    UNION
    SELECT donor_key FROM accepted.donor_exam WHERE receipt = ANY (:receipts)
    UNION
    SELECT donor_key FROM accepted.deferral WHERE receipt = ANY (:receipts)
    UNION
    SELECT donor_key FROM accepted.post_donation_information WHERE receipt = ANY (:receipts)
    UNION
    SELECT d.donor_key
    FROM accepted.post_donation_information AS i JOIN accepted.donation AS d USING (donation_number)
    WHERE i.receipt = ANY (:receipts)
    UNION
    SELECT d.donor_key
    FROM accepted.test_result AS r JOIN accepted.donation AS d ON d.donation_number = r.tested_id
    WHERE r.receipt = ANY (:receipts) AND r.tested = 'donation'
        AND (r.version > 1 OR r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate'))
    UNION
    SELECT tested_id FROM accepted.test_result WHERE receipt = ANY (:receipts) AND tested = 'donor'
    UNION
    SELECT d.donor_key
    FROM accepted.plasma_unit AS u
    JOIN accepted.donation AS d USING (donation_number) JOIN deferred USING (donor_key)
    WHERE u.receipt = ANY (:receipts)
    UNION
    SELECT d.donor_key
    FROM accepted.pool_unit AS p JOIN accepted.plasma_unit AS u USING (unit)
    JOIN accepted.donation AS d USING (donation_number) JOIN deferred USING (donor_key)
    WHERE p.receipt = ANY (:receipts)
),
key (donor_key) AS (
    SELECT DISTINCT coalesce(same.key, touched.donor_key)
    FROM touched
    LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = touched.donor_key
    LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
)
SELECT donation_number FROM accepted.donation JOIN key USING (donor_key)
UNION
SELECT donation_number FROM accepted.donation WHERE receipt = ANY (:receipts)
