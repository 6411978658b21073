-- Units in pools of which these receipts may change what is known: {plant, pool_number, unit}. A donation's reactive
-- past may change with those of its donor's donations that are in scope.
CREATE TEMP TABLE scope_pool_unit ON COMMIT DROP AS
WITH reactive (donor_key) AS (
    SELECT d.donor_key
    FROM accepted.test_result AS r JOIN accepted.donation AS d ON d.donation_number = r.tested_id
    WHERE r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate') AND r.tested = 'donation'
    UNION
    SELECT r.tested_id
    FROM accepted.test_result AS r
    WHERE r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate') AND r.tested = 'donor'
    UNION
    SELECT donor_key FROM accepted.donor WHERE receipt = ANY (:receipts)
),
key (donor_key) AS (
    SELECT DISTINCT coalesce(same.key, reactive.donor_key)
    FROM reactive
    LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = reactive.donor_key
    LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
),
donation (donation_number) AS (
    SELECT d.donation_number
    FROM scope_donor JOIN accepted.donation AS d USING (donation_number) JOIN key USING (donor_key)
    UNION
    SELECT donation_number FROM scope_donor
    JOIN judged.outcome AS o ON o.rule = 'D07.earlier' AND o.subject = jsonb_build_array(donation_number)
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
