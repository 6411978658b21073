-- Edges that standing rows of these receipts tell.
CREATE TEMP TABLE edge_new ON COMMIT DROP AS
WITH told (maker, number, step, from_maker, from_number, from_step) AS (
    SELECT manufacturer, lot_number, step, from_manufacturer, from_number, from_step FROM standing.lot_input
    WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, 'dried', plant, from_lot_number, 'filled' FROM standing.lyophilisation_load
    WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, 'filled', plant, from_lot_number, 'bulk' FROM standing.filling_load
    WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, step, plant, from_lot_number, from_step FROM standing.viral_inactivation_load
    WHERE receipt = ANY (:receipts)
    UNION
    SELECT plant, lot_number, step, plant, from_lot_number, from_step FROM standing.virus_removal_load
    WHERE receipt = ANY (:receipts)
)
SELECT DISTINCT parent.node AS parent, child.node AS child
FROM told
JOIN lineage.node AS parent
    ON parent.maker = told.from_maker AND parent.number = told.from_number AND parent.step = told.from_step
JOIN lineage.node AS child
    ON child.maker = told.maker AND child.number = told.number AND child.step = told.step
