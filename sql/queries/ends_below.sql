-- What hangs below open ends, by their place among those asked: donations by number, and pools and lots:
-- {nth, donation_number, node}. Of a sample the donations that it is of; of a person's statement all that both sides gave;
-- of a run the lots that came out of it; of a row that tells what went into a lot, that lot.
WITH RECURSIVE asked AS MATERIALIZED (
    SELECT nth, record, key
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) WITH ORDINALITY AS e (record, key, nth)
),
sample (nth, kind, name) AS (
    SELECT asked.nth, r.tested, r.tested_id
    FROM asked
    JOIN standing.test_result AS r ON r.sample = asked.key ->> 0 AND r.marker = asked.key ->> 1 AND r.run = CAST(CASE WHEN asked.record = 'test_result' THEN asked.key ->> 2 END AS integer)
    WHERE asked.record = 'test_result'
    UNION
    SELECT nth, key ->> 1, key ->> 2 FROM asked WHERE record = 'minipool_member'
    UNION
    SELECT nth, 'minipool', key ->> 0 FROM asked WHERE record = 'minipool'
    UNION
    SELECT sample.nth, m.member_kind, m.member
    FROM sample
    JOIN standing.minipool_member AS m ON m.minipool = sample.name
    WHERE sample.kind = 'minipool'
),
person (nth, key) AS (
    SELECT nth, name FROM sample WHERE kind = 'donor'
    UNION
    SELECT asked.nth, side.key
    FROM asked
    JOIN standing.same_person AS s ON s.party = asked.key ->> 0 AND s.statement = asked.key ->> 1
    CROSS JOIN LATERAL (VALUES (s.one_key), (s.other_key)) AS side (key)
    WHERE asked.record = 'same_person' AND side.key IS NOT NULL
),
-- Each record has the names of what came out at other places of its key; of a run's own row they are in its loads.
made (nth, maker, number, step) AS (
    SELECT nth, key ->> 0, key ->> 1, 'pool' FROM asked WHERE record IN ('pool', 'pool_unit')
    UNION ALL
    SELECT nth, key ->> 0, key ->> 1, key ->> 2 FROM asked WHERE record IN ('lot', 'lot_input')
    UNION ALL
    SELECT nth, key ->> 0, key ->> 4, key ->> 5 FROM asked WHERE record IN ('viral_inactivation_load', 'virus_removal_load')
    UNION ALL
    SELECT nth, key ->> 0, key ->> 3, 'filled' FROM asked WHERE record = 'filling_load'
    UNION ALL
    SELECT nth, key ->> 0, key ->> 3, 'dried' FROM asked WHERE record = 'lyophilisation_load'
    UNION ALL
    SELECT asked.nth, l.plant, l.lot_number, l.step
    FROM asked
    JOIN standing.viral_inactivation_load AS l ON l.plant = asked.key ->> 0 AND l.batch = asked.key ->> 1
    WHERE asked.record = 'viral_inactivation'
    UNION ALL
    SELECT asked.nth, l.plant, l.lot_number, l.step
    FROM asked
    JOIN standing.virus_removal_load AS l ON l.plant = asked.key ->> 0 AND l.batch = asked.key ->> 1
    WHERE asked.record = 'virus_removal'
    UNION ALL
    SELECT asked.nth, l.plant, l.lot_number, 'filled'
    FROM asked
    JOIN standing.filling_load AS l ON l.plant = asked.key ->> 0 AND l.batch = asked.key ->> 1
    WHERE asked.record = 'filling'
    UNION ALL
    SELECT asked.nth, l.plant, l.lot_number, 'dried'
    FROM asked
    JOIN standing.lyophilisation_load AS l ON l.plant = asked.key ->> 0 AND l.cycle = asked.key ->> 1
    WHERE asked.record = 'lyophilisation'
    UNION ALL
    SELECT asked.nth, p.plant, p.pool_number, 'pool'
    FROM asked
    JOIN standing.pool_unit AS p ON p.unit = asked.key ->> 0
    WHERE asked.record = 'plasma_unit'
)
SELECT nth, key ->> 0 AS donation_number, NULL::bigint AS node FROM asked WHERE record = 'donation'
UNION
SELECT nth, name, NULL FROM sample WHERE kind = 'donation'
UNION
SELECT person.nth, d.donation_number, NULL
FROM person
LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = person.key
LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
JOIN standing.donation AS d ON d.donor_key = coalesce(same.key, person.key)
UNION
SELECT made.nth, NULL, n.node
FROM made
JOIN lineage.node AS n USING (maker, number, step)
UNION
SELECT sample.nth, NULL, n.node
FROM sample
JOIN lineage.node AS n ON n.number = sample.name
WHERE sample.kind = 'pool' AND n.step = 'pool' OR sample.kind = 'lot' AND n.step <> 'pool'
