-- Edges that standing rows tell and that are not there yet: {new edges}.
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
INSERT INTO lineage.edge (parent, child)
SELECT parent.node, child.node
FROM told
JOIN lineage.node AS parent
    ON parent.maker = told.from_maker AND parent.number = told.from_number AND parent.step = told.from_step
JOIN lineage.node AS child
    ON child.maker = told.maker AND child.number = told.number AND child.step = told.step
-- Several records may tell one edge; it stands as long as one of them does.
ON CONFLICT DO NOTHING
RETURNING parent, child
