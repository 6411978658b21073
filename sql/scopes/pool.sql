-- Pools of which these receipts may change what is known: {plant, pool_number}.
CREATE TEMP TABLE scope_pool ON COMMIT DROP AS
SELECT plant, pool_number FROM accepted.pool WHERE receipt = ANY (:receipts)
UNION
SELECT plant, pool_number FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
UNION
SELECT p.plant, p.pool_number
FROM accepted.test_result AS r JOIN accepted.pool AS p ON p.pool_number = r.tested_id
WHERE r.receipt = ANY (:receipts) AND r.tested = 'pool'
UNION  -- another plant's of the same number: a result is of either
SELECT p.plant, p.pool_number
FROM (
    SELECT pool_number FROM accepted.pool WHERE receipt = ANY (:receipts)
    UNION
    SELECT pool_number FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
    UNION
    SELECT from_number FROM accepted.lot_input WHERE receipt = ANY (:receipts) AND from_step = 'pool'
) AS named
JOIN accepted.pool AS p USING (pool_number)
