-- For each pool its units, their donations and donors, and what is missing of them:
-- {node, units, units_unknown, donations, donations_unknown, donors}. All units are looked up at once, which is twice
-- as quick as one by one; FULL JOIN never compares all with all, and nothing is on one side alone but what is missing.
WITH pooled AS MATERIALIZED (
    SELECT DISTINCT node.node, pool_unit.unit
    FROM lineage.node
    JOIN standing.pool_unit ON pool_unit.plant = node.maker AND pool_unit.pool_number = node.number
    WHERE node.node = ANY (:nodes) AND node.step = 'pool'
),
unit AS MATERIALIZED (
    SELECT u.unit, u.donation_number
    FROM standing.plasma_unit AS u
    WHERE u.unit = ANY (ARRAY(SELECT pooled.unit FROM pooled))
),
given AS MATERIALIZED (
    SELECT d.donation_number, d.donor_key
    FROM standing.donation AS d
    WHERE d.donation_number = ANY (ARRAY(SELECT unit.donation_number FROM unit))
)
SELECT
    pooled.node,
    count(DISTINCT pooled.unit) AS units,
    count(DISTINCT pooled.unit) FILTER (WHERE unit.unit IS NULL) AS units_unknown,
    count(DISTINCT unit.donation_number) AS donations,
    -- A number that a unit names, and no record of it: it can be asked for, which a unit without
    -- one cannot.
    count(DISTINCT unit.donation_number) FILTER (WHERE given.donation_number IS NULL) AS donations_unknown,
    count(DISTINCT given.donor_key) AS donors
FROM pooled
FULL JOIN unit USING (unit)
FULL JOIN given USING (donation_number)
GROUP BY pooled.node
ORDER BY pooled.node
