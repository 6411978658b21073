-- These pools and lots and all that went into them, by name: {maker, number, step}.
SELECT DISTINCT above.maker, above.number, above.step
FROM jsonb_array_elements(CAST(:names AS jsonb)) AS asked (name)
JOIN lineage.node AS below
    ON below.maker = asked.name ->> 0 AND below.number = asked.name ->> 1 AND below.step = asked.name ->> 2
JOIN lineage.closure ON closure.descendant = below.node
JOIN lineage.node AS above ON above.node = closure.ancestor
