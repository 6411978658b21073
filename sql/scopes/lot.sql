-- Packed lots of which these receipts may change what is known: {manufacturer, lot_number, step}.
CREATE TEMP TABLE scope_lot ON COMMIT DROP AS
-- Pools and lots of which something was told anew; every packed lot below them is looked at again.
WITH above (node) AS (
    SELECT n.node
    FROM (
        SELECT plant, pool_number FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
        UNION
        SELECT p.plant, p.pool_number
        FROM accepted.plasma_unit AS u JOIN accepted.pool_unit AS p USING (unit)
        WHERE u.receipt = ANY (:receipts)
        UNION
        SELECT p.plant, p.pool_number
        FROM accepted.donation AS d
        JOIN accepted.plasma_unit AS u USING (donation_number) JOIN accepted.pool_unit AS p USING (unit)
        WHERE d.receipt = ANY (:receipts)
    ) AS changed
    JOIN lineage.node AS n ON n.maker = changed.plant AND n.number = changed.pool_number AND n.step = 'pool'
    UNION
    SELECT n.node FROM lineage.node AS n
    JOIN (
        SELECT manufacturer, lot_number, step FROM accepted.lot_input WHERE receipt = ANY (:receipts)
        UNION
        SELECT plant, lot_number, 'filled' FROM accepted.filling_load WHERE receipt = ANY (:receipts)
        UNION
        SELECT plant, lot_number, 'dried' FROM accepted.lyophilisation_load WHERE receipt = ANY (:receipts)
        UNION
        SELECT l.plant, l.lot_number, l.step
        FROM accepted.viral_inactivation_load AS l JOIN accepted.viral_inactivation AS b USING (plant, batch)
        WHERE l.receipt = ANY (:receipts) OR b.receipt = ANY (:receipts)
        UNION
        SELECT plant, lot_number, step FROM accepted.viral_inactivation_load WHERE receipt = ANY (:receipts)
        UNION
        SELECT l.plant, l.lot_number, l.step
        FROM accepted.virus_removal_load AS l JOIN accepted.virus_removal AS b USING (plant, batch)
        WHERE l.receipt = ANY (:receipts) OR b.receipt = ANY (:receipts)
        UNION
        SELECT plant, lot_number, step FROM accepted.virus_removal_load WHERE receipt = ANY (:receipts)
    ) AS made (maker, number, step) USING (maker, number, step)
)
SELECT manufacturer, lot_number, step FROM accepted.lot WHERE receipt = ANY (:receipts) AND step = 'packed'
UNION
SELECT t.manufacturer, t.lot_number, 'packed'
FROM accepted.lot_test AS t
WHERE t.receipt = ANY (:receipts) AND t.step IN ('dried', 'packed')
UNION
SELECT n.maker, n.number, n.step
FROM above
JOIN lineage.closure AS c ON c.ancestor = above.node
JOIN lineage.node AS n ON n.node = c.descendant AND n.step = 'packed'
