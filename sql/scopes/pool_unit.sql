-- Units in pools of which these receipts may change what is known: {plant, pool_number, unit}.
CREATE TEMP TABLE scope_pool_unit ON COMMIT DROP AS
WITH donation (donation_number) AS (
    SELECT donation_number FROM scope_donor
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
