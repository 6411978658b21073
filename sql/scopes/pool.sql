-- Pools of which these receipts may change what is known: {plant, pool_number}.
CREATE TEMP TABLE scope_pool ON COMMIT DROP AS
SELECT plant, pool_number FROM accepted.pool WHERE receipt = ANY (:receipts)
UNION
SELECT plant, pool_number FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
UNION
SELECT p.plant, p.pool_number
FROM accepted.test_result AS r JOIN accepted.pool AS p ON p.pool_number = r.tested_id
WHERE r.receipt = ANY (:receipts) AND r.tested = 'pool'
