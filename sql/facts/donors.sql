-- For each packed lot in scope: donors of its pools, whether one is not known, whether it has pools or external lots.
CREATE TEMP TABLE fact_donors ON COMMIT DROP AS
WITH above AS (
    SELECT l.node, n.node AS ancestor, n.step
    FROM (SELECT DISTINCT node FROM fact_lot) AS l
    JOIN lineage.closure AS c ON c.descendant = l.node
    JOIN lineage.node AS n ON n.node = c.ancestor AND n.step IN ('pool', 'external')
)
SELECT
    above.node, count(DISTINCT d.person) AS donors,
    bool_or(above.step = 'pool' AND d.person IS NULL) AS unknown,
    bool_or(above.step = 'pool') AS pooled, bool_or(above.step = 'external') AS external
FROM above
LEFT JOIN fact_pool_donor AS d ON d.node = above.ancestor
GROUP BY above.node
