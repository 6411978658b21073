-- What findings hold, of one finding or of all (docs/held.md): {finding, holds, record, key}. A pool or lot is a node:
-- maker, number and step.
WITH RECURSIVE holding AS MATERIALIZED (
    SELECT f.finding, f.record, f.key, f.holds
    FROM judged.finding_now AS f
    WHERE f.holds <> 'nothing' AND f.outcome = 'finding' AND f.state <> 'closed'
        AND (CAST(:of_finding AS bigint) IS NULL OR f.finding = :of_finding)
        -- Of a contested key a person's decision is what ends the hold; newer records are not.
        AND NOT (f.rule = 'contested' AND f.state = 'explained' AND EXISTS (
            SELECT FROM judged.decision AS d WHERE d.record = f.record AND d.key = f.key
        ))
),
-- What a row is of leads on from it, by one turn for each way: a result to what was tested, information and whatever is
-- on a donor to donations, these to units, and units to pools. Of what a finding is on every version is asked: what any
-- of them leads to is held.
result AS (
    SELECT h.finding, r.tested, r.tested_id
    FROM holding AS h
    JOIN accepted.test_result AS r
        ON r.sample = h.key ->> 0 AND r.marker = h.key ->> 1 AND CAST(r.run AS text) = h.key ->> 2
    -- One that does not say what was tested leads nowhere, and is held itself.
    WHERE h.record = 'test_result' AND h.holds = 'unit' AND r.tested_id IS NOT NULL
),
information AS (
    SELECT h.finding, r.donor_key, r.donation_number
    FROM holding AS h
    JOIN accepted.post_donation_information AS r ON r.centre = h.key ->> 0 AND r.information = h.key ->> 1
    WHERE h.record = 'post_donation_information' AND h.holds = 'unit'
),
donor (finding, donor_key) AS (
    SELECT finding, key ->> 0 FROM holding WHERE record = 'donor' AND holds = 'unit'
    UNION
    SELECT h.finding, r.donor_key
    FROM holding AS h
    JOIN accepted.deferral AS r ON r.centre = h.key ->> 0 AND r.deferral = h.key ->> 1
    WHERE h.record = 'deferral' AND h.holds = 'unit'
    UNION
    SELECT h.finding, r.donor_key
    FROM holding AS h
    JOIN accepted.donor_exam AS r ON r.centre = h.key ->> 0 AND r.exam = h.key ->> 1
    WHERE h.record = 'donor_exam' AND h.holds = 'unit'
    UNION
    SELECT finding, donor_key FROM information
    UNION
    SELECT finding, tested_id FROM result WHERE tested = 'donor'
),
-- A donor has several keys where somebody said that they are one person.
of_person (finding, donor_key) AS (
    SELECT finding, donor_key FROM donor
    UNION
    SELECT donor.finding, same.key
    FROM donor
    JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = donor.donor_key
    JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
),
-- A minipool may be of minipools.
sampled (finding, member_kind, member) AS (
    SELECT finding, key ->> 1, key ->> 2 FROM holding WHERE record = 'minipool_member' AND holds = 'unit'
    UNION
    SELECT finding, 'minipool', tested_id FROM result WHERE tested = 'minipool'
    UNION
    SELECT sampled.finding, m.member_kind, m.member
    FROM sampled
    JOIN standing.minipool_member AS m ON m.minipool = sampled.member
    WHERE sampled.member_kind = 'minipool'
),
given (finding, donation_number) AS (
    SELECT finding, key ->> 0 FROM holding WHERE record = 'donation' AND holds = 'unit'
    UNION
    SELECT finding, tested_id FROM result WHERE tested = 'donation'
    UNION
    SELECT finding, donation_number FROM information WHERE donation_number IS NOT NULL
    UNION
    SELECT finding, member FROM sampled WHERE member_kind = 'donation'
    UNION
    SELECT of_person.finding, d.donation_number
    FROM of_person
    JOIN standing.donation AS d USING (donor_key)
),
unit (finding, unit) AS (
    SELECT finding, key ->> 0 FROM holding WHERE record IN ('plasma_unit', 'unit_event')
    UNION
    SELECT given.finding, u.unit
    FROM given
    JOIN standing.plasma_unit AS u USING (donation_number)
),
batch (finding, kind, plant, batch) AS (
    SELECT finding, replace(record, 'lyophilisation_reading', 'lyophilisation'), key ->> 0, key ->> 1
    FROM holding
    WHERE record IN ('viral_inactivation', 'virus_removal', 'filling', 'lyophilisation', 'lyophilisation_reading')
),
-- Of a relabelling both packs, the old name and the new one.
pack (finding, gtin, serial) AS (
    SELECT finding, key ->> 0, key ->> 1 FROM holding WHERE record IN ('pack', 'relabelling')
    UNION
    SELECT finding, key ->> 2, key ->> 3 FROM holding WHERE record = 'relabelling'
),
-- The key of each record has its maker, number and step at other places, or the step is plain from the record.
node (finding, maker, number, step) AS (
    SELECT unit.finding, p.plant, p.pool_number, 'pool'
    FROM unit
    JOIN standing.pool_unit AS p USING (unit)
    UNION
    SELECT result.finding, n.maker, n.number, n.step
    FROM result
    JOIN lineage.node AS n ON n.number = result.tested_id
    WHERE result.tested IN ('pool', 'lot') AND (n.step = 'pool') = (result.tested = 'pool')
    UNION
    SELECT finding, key ->> 0, key ->> 1,
        CASE record
            WHEN 'external_lot' THEN 'external'
            WHEN 'official_release' THEN 'packed'
            WHEN 'pool' THEN 'pool'
            WHEN 'pool_unit' THEN 'pool'
            ELSE key ->> 2
        END
    FROM holding
    WHERE record IN (
        'lot', 'lot_input', 'lot_test', 'node', 'external_lot', 'official_release', 'pool', 'pool_unit'
    )
    UNION
    SELECT finding, key ->> 0, key ->> 4, key ->> 5
    FROM holding
    WHERE record IN ('viral_inactivation_load', 'virus_removal_load')
    UNION
    SELECT finding, key ->> 0, key ->> 3, CASE record WHEN 'filling_load' THEN 'filled' ELSE 'dried' END
    FROM holding
    WHERE record IN ('filling_load', 'lyophilisation_load')
    UNION
    SELECT b.finding, l.plant, l.lot_number, l.step
    FROM batch AS b
    JOIN standing.viral_inactivation_load AS l USING (plant, batch)
    WHERE b.kind = 'viral_inactivation'
    UNION
    SELECT b.finding, l.plant, l.lot_number, l.step
    FROM batch AS b
    JOIN standing.virus_removal_load AS l USING (plant, batch)
    WHERE b.kind = 'virus_removal'
    UNION
    SELECT b.finding, l.plant, l.lot_number, 'filled'
    FROM batch AS b
    JOIN standing.filling_load AS l USING (plant, batch)
    WHERE b.kind = 'filling'
    UNION
    SELECT b.finding, l.plant, l.lot_number, 'dried'
    FROM batch AS b
    JOIN standing.lyophilisation_load AS l ON l.plant = b.plant AND l.cycle = b.batch
    WHERE b.kind = 'lyophilisation'
    UNION
    SELECT h.finding, r.manufacturer, r.lot_number, r.step
    FROM holding AS h
    JOIN accepted.inspection AS r ON r.manufacturer = h.key ->> 0 AND r.inspection = h.key ->> 1
    WHERE h.record = 'inspection'
    UNION
    SELECT h.finding, r.manufacturer, r.lot_number, r.step
    FROM holding AS h
    JOIN accepted.sample AS r ON r.manufacturer = h.key ->> 0 AND r.sample = h.key ->> 1
    WHERE h.record = 'sample'
    UNION
    SELECT h.finding, r.plant, r.lot_number, r.step
    FROM holding AS h
    JOIN accepted.deviation AS r ON r.plant = h.key ->> 0 AND r.deviation = h.key ->> 1
    WHERE h.record = 'deviation' AND h.holds = 'lot'
    UNION
    SELECT pack.finding, p.manufacturer, p.lot_number, 'packed'
    FROM pack
    JOIN standing.pack AS p USING (gtin, serial)
),
-- What is in a pool already is held as the pool; a donation of which no unit came is held by its number until one does.
held (finding, holds, record, key) AS (
    SELECT unit.finding, 'unit', 'plasma_unit', jsonb_build_array(unit.unit)
    FROM unit
    JOIN holding AS h USING (finding)
    WHERE h.holds = 'unit' AND NOT EXISTS (SELECT FROM standing.pool_unit AS p WHERE p.unit = unit.unit)
    UNION ALL
    SELECT given.finding, 'unit', 'donation', jsonb_build_array(given.donation_number)
    FROM given
    WHERE NOT EXISTS (SELECT FROM standing.plasma_unit AS u WHERE u.donation_number = given.donation_number)
    UNION ALL
    SELECT finding, 'lot', 'node', jsonb_build_array(maker, number, step)
    FROM node
    WHERE maker IS NOT NULL AND number IS NOT NULL AND step IS NOT NULL
)
SELECT finding, holds, record, key FROM held
UNION ALL
-- A case, and whatever leads nowhere: none is missing from the list.
SELECT h.finding, h.holds, h.record, f.shown
FROM holding AS h
JOIN judged.finding_now AS f USING (finding)
WHERE NOT EXISTS (SELECT FROM held WHERE held.finding = h.finding)
