-- Units in pools of which these receipts may change what is known: {plant, pool_number, unit}.
CREATE TEMP TABLE scope_pool_unit ON COMMIT DROP AS
WITH touched (donor_key) AS (
    SELECT donor_key FROM accepted.donor WHERE receipt = ANY (:receipts)
    UNION
    SELECT donor_key FROM accepted.deferral WHERE receipt = ANY (:receipts)
    UNION
    SELECT d.donor_key
    FROM accepted.test_result AS r JOIN accepted.donation AS d ON d.donation_number = r.tested_id
    WHERE r.receipt = ANY (:receipts) AND r.tested = 'donation'
        AND (r.version > 1 OR r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate'))
    UNION
    SELECT tested_id FROM accepted.test_result WHERE receipt = ANY (:receipts) AND tested = 'donor'
),
key (donor_key) AS (
    SELECT DISTINCT coalesce(same.key, touched.donor_key)
    FROM touched
    LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = touched.donor_key
    LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
),
donation (donation_number) AS (
    SELECT donation_number FROM accepted.donation JOIN key USING (donor_key)
    UNION
    SELECT donation_number FROM accepted.donation WHERE receipt = ANY (:receipts)
    UNION
    SELECT donation_number FROM scope_screening
),
unit (unit) AS (
    SELECT u.unit FROM accepted.plasma_unit AS u JOIN donation USING (donation_number)
    UNION
    SELECT unit FROM accepted.plasma_unit WHERE receipt = ANY (:receipts)
    UNION
    SELECT unit FROM accepted.unit_event WHERE receipt = ANY (:receipts)
)
SELECT p.plant, p.pool_number, p.unit FROM accepted.pool_unit AS p JOIN unit USING (unit)
UNION
SELECT plant, pool_number, unit FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
UNION
SELECT p.plant, p.pool_number, p.unit
FROM accepted.pool_unit AS p JOIN accepted.pool USING (plant, pool_number)
WHERE pool.receipt = ANY (:receipts)
