-- Packed lots made of these pools and lots, those themselves among them: {maker, number}. names: [maker, number, step].
SELECT DISTINCT lot.maker, lot.number
FROM jsonb_array_elements(CAST(:names AS jsonb)) AS named
JOIN lineage.node AS above
    ON above.maker = named ->> 0 AND above.number = named ->> 1 AND above.step = named ->> 2
JOIN lineage.closure AS c ON c.ancestor = above.node
JOIN lineage.node AS lot ON lot.node = c.descendant
WHERE lot.step = 'packed'
ORDER BY lot.maker, lot.number
