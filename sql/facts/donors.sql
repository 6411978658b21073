-- For each packed lot in scope: donors of its pools, at least and at most, whether one is not known, whether it has
-- pools or external lots.
--
-- A unit that may be of several donors is of one of them, and adds at most that one. It adds none where one of them gave
-- another unit for certain, or may have given another such unit that was counted before: so what is counted is never more
-- than the fewest donors that there can be. Those that are perhaps of nobody known are counted last, and apart.
CREATE TEMP TABLE fact_donors ON COMMIT DROP AS
WITH RECURSIVE above AS (
    SELECT l.node, n.node AS ancestor, n.step
    FROM (SELECT DISTINCT node FROM fact_lot) AS l
    JOIN lineage.closure AS c ON c.descendant = l.node
    JOIN lineage.node AS n ON n.node = c.ancestor AND n.step IN ('pool', 'external')
),
choice AS (
    SELECT DISTINCT node, persons, unknown
    FROM (
        SELECT above.node, d.unit, array_agg(DISTINCT d.person) FILTER (WHERE d.person IS NOT NULL) AS persons,
            bool_or(d.person IS NULL) AS unknown
        FROM above
        JOIN fact_pool_donor AS d ON d.node = above.ancestor
        WHERE d.unit IS NOT NULL
        GROUP BY above.node, d.unit
    ) AS contested
),
new AS (
    SELECT c.node, c.persons, c.unknown, row_number() OVER (PARTITION BY c.node ORDER BY c.unknown, c.persons) AS place
    FROM choice AS c
    WHERE NOT EXISTS (
        SELECT FROM above
        JOIN fact_pool_donor AS d ON d.node = above.ancestor
        WHERE above.node = c.node AND d.unit IS NULL AND d.person = ANY (c.persons)
    )
),
counted (node, place, persons, known, perhaps) AS (
    SELECT DISTINCT node, 0::bigint, ARRAY[]::text[], 0, 0 FROM new
    UNION ALL
    SELECT c.node, n.place, CASE WHEN n.persons && c.persons THEN c.persons ELSE c.persons || n.persons END,
        c.known + (NOT n.persons && c.persons AND NOT n.unknown)::integer,
        c.perhaps + (NOT n.persons && c.persons)::integer
    FROM counted AS c
    JOIN new AS n ON n.node = c.node AND n.place = c.place + 1
),
fewest AS (
    SELECT node, max(known) AS known, max(perhaps) AS perhaps FROM counted GROUP BY node
),
most AS (
    SELECT node, count(*) AS units FROM choice GROUP BY node
),
summed AS (
    SELECT above.node, count(DISTINCT d.person) FILTER (WHERE d.unit IS NULL) AS sure, count(DISTINCT d.person) AS persons,
        bool_or(above.step = 'pool' AND d.person IS NULL AND d.unit IS NULL) AS unknown,
        bool_or(above.step = 'pool') AS pooled, bool_or(above.step = 'external') AS external
    FROM above
    LEFT JOIN fact_pool_donor AS d ON d.node = above.ancestor
    GROUP BY above.node
)
SELECT
    s.node, s.sure + coalesce(f.known, 0) AS at_least, s.sure + coalesce(f.perhaps, 0) AS at_least_if_known,
    least(s.persons, s.sure + coalesce(m.units, 0)) AS at_most, s.unknown, s.pooled, s.external
FROM summed AS s
LEFT JOIN fewest AS f USING (node)
LEFT JOIN most AS m USING (node)
