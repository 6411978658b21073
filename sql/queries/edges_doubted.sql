-- Edges that a row tells which may be taken back: {parent, child}.
WITH doubted AS (
    SELECT record, key FROM judged.contested_shown WHERE possible
),
told (maker, number, step, from_maker, from_number, from_step) AS (
    SELECT key ->> 0, key ->> 1, key ->> 2, key ->> 3, key ->> 4, key ->> 5 FROM doubted WHERE record = 'lot_input'
    UNION ALL
    SELECT key ->> 0, key ->> 4, key ->> 5, key ->> 0, key ->> 2, key ->> 3
    FROM doubted
    WHERE record IN ('viral_inactivation_load', 'virus_removal_load')
    UNION ALL
    SELECT key ->> 0, key ->> 3, 'filled', key ->> 0, key ->> 2, 'bulk' FROM doubted WHERE record = 'filling_load'
    UNION ALL
    SELECT key ->> 0, key ->> 3, 'dried', key ->> 0, key ->> 2, 'filled' FROM doubted WHERE record = 'lyophilisation_load'
)
SELECT DISTINCT parent.node AS parent, child.node AS child
FROM told
JOIN lineage.node AS parent
    ON parent.maker = told.from_maker AND parent.number = told.from_number AND parent.step = told.from_step
JOIN lineage.node AS child
    ON child.maker = told.maker AND child.number = told.number AND child.step = told.step
