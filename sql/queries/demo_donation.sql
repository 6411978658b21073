-- A donation of these pools worth a question: {donation_number, reactive}: one with a reactive result where there is one.
SELECT plasma_unit.donation_number, coalesce(bool_or(test_result.sample IS NOT NULL), false) AS reactive
FROM lineage.node
JOIN standing.pool_unit ON pool_unit.plant = node.maker AND pool_unit.pool_number = node.number
JOIN standing.plasma_unit USING (unit)
JOIN standing.donation USING (donation_number)
LEFT JOIN standing.test_result
    ON test_result.tested = 'donation' AND test_result.tested_id = plasma_unit.donation_number
    AND test_result.interpretation IN ('reactive', 'repeatedly_reactive')
WHERE node.node = ANY (:nodes) AND node.step = 'pool'
GROUP BY plasma_unit.donation_number
ORDER BY reactive DESC, plasma_unit.donation_number
LIMIT 1
