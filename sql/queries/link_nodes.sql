-- Every pool and lot that a record of these receipts names, in any version, standing or not.
CREATE TEMP TABLE node_new ON COMMIT DROP AS
WITH named (maker, number, step) AS (
    SELECT plant, pool_number, 'pool' FROM accepted.pool WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, pool_number, 'pool' FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
    UNION
    SELECT manufacturer, lot_number, step FROM accepted.lot WHERE receipt = ANY (:receipts)
    UNION
    SELECT manufacturer, lot_number, step FROM accepted.lot_input WHERE receipt = ANY (:receipts)
    UNION
    SELECT from_manufacturer, from_number, from_step FROM accepted.lot_input WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, 'filled' FROM accepted.lyophilisation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, 'dried' FROM accepted.lyophilisation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, from_step FROM accepted.viral_inactivation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, step FROM accepted.viral_inactivation_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, from_step FROM accepted.virus_removal_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, step FROM accepted.virus_removal_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, from_lot_number, 'bulk' FROM accepted.filling_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, 'filled' FROM accepted.filling_load WHERE receipt = ANY (:receipts)
    UNION
    SELECT supplier, lot_number, 'external' FROM accepted.external_lot WHERE receipt = ANY (:receipts)
    UNION
    SELECT manufacturer, lot_number, 'packed' FROM accepted.pack
    WHERE receipt = ANY (:receipts) AND manufacturer IS NOT NULL AND lot_number IS NOT NULL
)
-- In order, so that the same entries give the same numbers.
SELECT maker, number, step FROM named ORDER BY maker, number, step
