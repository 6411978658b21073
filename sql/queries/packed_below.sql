-- How many packed lots were made of each of these pools and lots: {maker, number, step, packed}.
SELECT above.maker, above.number, above.step, count(*) AS packed
FROM jsonb_array_elements(CAST(:names AS jsonb)) AS asked (name)
JOIN lineage.node AS above
    ON above.maker = asked.name ->> 0 AND above.number = asked.name ->> 1 AND above.step = asked.name ->> 2
JOIN lineage.closure ON closure.ancestor = above.node
JOIN lineage.node AS below ON below.node = closure.descendant AND below.step = 'packed' AND below.node <> above.node
GROUP BY above.maker, above.number, above.step
