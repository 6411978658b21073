-- The treatments, fillings and dryings that lots, or what they were made of, came out of: {made, plant, number, maker,
-- lot_number, step, on_what, began, ended, known}.
WITH above AS MATERIALIZED (
    SELECT DISTINCT node.maker, node.number, node.step
    FROM lineage.closure
    JOIN lineage.node ON node.node = closure.ancestor
    WHERE closure.descendant = ANY (CAST(:nodes AS bigint[]))
)
SELECT DISTINCT 'viral_inactivation' AS made, l.plant, l.batch AS number, above.maker, above.number AS lot_number,
    above.step, concat_ws(', ', b.process_version, b.solvent, b.detergent) AS on_what, b.started_at AS began,
    b.ended_at AS ended, b.batch IS NOT NULL AS known
FROM above
JOIN standing.viral_inactivation_load AS l
    ON l.plant = above.maker AND l.lot_number = above.number AND l.step = above.step
LEFT JOIN standing.viral_inactivation AS b ON b.plant = l.plant AND b.batch = l.batch
UNION
SELECT 'virus_removal', l.plant, l.batch, above.maker, above.number, above.step,
    concat_ws(', ', b.process_version, b.method, b.filter_lot), b.started_at, b.ended_at, b.batch IS NOT NULL
FROM above
JOIN standing.virus_removal_load AS l
    ON l.plant = above.maker AND l.lot_number = above.number AND l.step = above.step
LEFT JOIN standing.virus_removal AS b ON b.plant = l.plant AND b.batch = l.batch
UNION
SELECT 'filling', l.plant, l.batch, above.maker, above.number, above.step,
    concat_ws(', ', b.fill_line, b.stopper_lot, b.filter_lot), b.started_at, b.ended_at, b.batch IS NOT NULL
FROM above
JOIN standing.filling_load AS l ON l.plant = above.maker AND l.lot_number = above.number
LEFT JOIN standing.filling AS b ON b.plant = l.plant AND b.batch = l.batch
WHERE above.step = 'filled'
UNION
SELECT 'lyophilisation', l.plant, l.cycle, above.maker, above.number, above.step,
    concat_ws(', ', b.dryer, b.recipe), b.loaded_at, b.unloaded_at, b.cycle IS NOT NULL
FROM above
JOIN standing.lyophilisation_load AS l ON l.plant = above.maker AND l.lot_number = above.number
LEFT JOIN standing.lyophilisation AS b ON b.plant = l.plant AND b.cycle = l.cycle
WHERE above.step = 'dried'
ORDER BY began NULLS LAST, made, plant, number
