-- R09: a vial that was given is of one lot, and that lot of a pool or an external lot.
WITH vial AS (
    SELECT s.site, s.administration, s.item, count(DISTINCT v.lot) AS lots, min(v.lot) AS lot,
        string_agg(DISTINCT concat_ws('/', n.maker, n.number, n.step), ' '
            ORDER BY concat_ws('/', n.maker, n.number, n.step)) AS rests_on
    FROM scope_administration_vial AS s
    LEFT JOIN lineage.vial AS v
        ON v.record = 'administration_vial' AND v.key = jsonb_build_array(s.site, s.administration, s.item::text)
    LEFT JOIN lineage.node AS n ON n.node = v.lot
    GROUP BY s.site, s.administration, s.item
),
rooted AS (
    SELECT DISTINCT c.descendant AS lot
    FROM lineage.node AS n
    JOIN lineage.closure AS c ON c.ancestor = n.node
    WHERE n.step IN ('pool', 'external')
)
SELECT
    s.site, s.administration, s.item,
    CASE
        WHEN i.not_given THEN 'not_applicable'
        WHEN v.lots > 1 THEN 'finding'
        WHEN v.lots = 1 AND nowhere.key IS NULL AND v.lot IN (SELECT lot FROM rooted) THEN 'pass'
        ELSE 'pending'
    END AS outcome,
    v.rests_on,
    i.day + clock.days AS due_on
FROM vial AS v
JOIN standing.administration_vial AS s USING (site, administration, item)
LEFT JOIN fact_infusion AS i USING (site, administration)
LEFT JOIN fact_lotless AS nowhere
    ON nowhere.record = 'administration_vial' AND nowhere.key = jsonb_build_array(s.site, s.administration, s.item::text)
LEFT JOIN lineage.place AS pl ON pl.party = s.site
LEFT JOIN reference.reporting_clock AS clock
    ON clock.jurisdiction = pl.jurisdiction AND clock.event = 'unlinked_vial' AND clock.in_force @> i.day
