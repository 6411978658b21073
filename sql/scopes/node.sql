-- Pools and lots whose ancestors these receipts may change: {maker, number, step}.
CREATE TEMP TABLE scope_node ON COMMIT DROP AS
WITH named (maker, number, step) AS (
    SELECT plant, pool_number, 'pool' FROM accepted.pool WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, pool_number, 'pool' FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
    UNION
    SELECT supplier, lot_number, 'external' FROM accepted.external_lot WHERE receipt = ANY (:receipts)
    UNION
    SELECT manufacturer, lot_number, step FROM accepted.lot WHERE receipt = ANY (:receipts)
    UNION
    SELECT manufacturer, lot_number, 'packed' FROM accepted.pack WHERE receipt = ANY (:receipts) AND lot_number IS NOT NULL
    UNION
    SELECT manufacturer, lot_number, step FROM accepted.lot_input WHERE receipt = ANY (:receipts)
    UNION
    SELECT from_manufacturer, from_number, from_step FROM accepted.lot_input WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, 'filled' FROM accepted.filling_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, 'bulk' FROM accepted.filling_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, 'dried' FROM accepted.lyophilisation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, 'filled' FROM accepted.lyophilisation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, step FROM accepted.viral_inactivation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, from_step FROM accepted.viral_inactivation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, step FROM accepted.virus_removal_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, from_step FROM accepted.virus_removal_load WHERE receipt = ANY (:receipts)
)
SELECT n.maker, n.number, n.step
FROM named
JOIN lineage.node AS own USING (maker, number, step)
JOIN lineage.closure AS c ON c.ancestor = own.node
JOIN lineage.node AS n ON n.node = c.descendant
UNION
SELECT n.maker, n.number, n.step FROM named JOIN lineage.node AS n USING (maker, number, step)
