-- V06: two methods that count against enveloped viruses were put to what is in a lot, by every choice of one version of
-- each batch: of contested ones the worse counts.
WITH batch AS (
    SELECT
        n.node, 'viral_inactivation' AS record, l.plant, l.batch, 'solvent_detergent' AS method, b.process_version,
        lineage.local_day(b.started_at, b.started_at_offset_min, pl.zone) AS day,
        EXISTS (
            SELECT FROM judged.outcome AS o
            WHERE o.rule IN ('V01', 'V02') AND o.subject = jsonb_build_array(b.plant, b.batch) AND o.outcome = 'finding'
        ) AS failed
    FROM standing.viral_inactivation_load AS l
    LEFT JOIN standing.viral_inactivation AS b USING (plant, batch)
    JOIN lineage.node AS n ON n.maker = l.plant AND n.number = l.lot_number AND n.step = l.step
    LEFT JOIN lineage.place AS pl ON pl.party = b.plant
    UNION
    SELECT
        n.node, 'virus_removal', l.plant, l.batch, b.method, b.process_version,
        lineage.local_day(b.started_at, b.started_at_offset_min, pl.zone),
        EXISTS (
            SELECT FROM judged.outcome AS o
            WHERE o.rule = 'V05' AND o.subject = jsonb_build_array(b.plant, b.batch) AND o.outcome = 'finding'
        )
    FROM standing.virus_removal_load AS l
    LEFT JOIN standing.virus_removal AS b USING (plant, batch)
    JOIN lineage.node AS n ON n.maker = l.plant AND n.number = l.lot_number AND n.step = l.step
    LEFT JOIN lineage.place AS pl ON pl.party = b.plant
),
credit AS (
    SELECT version.process_version, version.day, min(c.log10) AS least,
        bool_and(c.log10 IS NOT NULL) FILTER (WHERE c.process_version IS NOT NULL) AS whole
    FROM (SELECT DISTINCT process_version, day FROM batch) AS version
    LEFT JOIN reference.clearance AS c
        ON c.process_version = version.process_version AND c.in_force @> version.day
        AND c.enveloped = 'yes' AND c.tested = 'yes'
    GROUP BY version.process_version, version.day
),
-- Wherever above a lot: a treatment counts for all that was made of what was treated.
above AS (
    SELECT f.node, b.record, b.plant, b.batch, b.method, credit.whole IS TRUE AS tested,
        coalesce(credit.whole AND credit.least >= 4 AND NOT b.failed AND b.method IS NOT NULL, false) AS counts
    FROM (SELECT DISTINCT node FROM fact_lot) AS f
    JOIN lineage.closure AS c ON c.descendant = f.node
    JOIN batch AS b ON b.node = c.ancestor
    LEFT JOIN credit ON credit.process_version = b.process_version AND credit.day = b.day
),
treated AS (  -- whether each of a batch's versions counts; and each of those of which the clearance is known
    SELECT node, record, plant, batch, bool_and(counts) AS sure, bool_and(counts) FILTER (WHERE tested) AS known_sure
    FROM above
    GROUP BY node, record, plant, batch
),
shared AS (  -- of how many of these batches a version is of this method: where of all, it may be the only one
    SELECT a.node, a.method,
        count(DISTINCT (a.record, a.plant, a.batch)) FILTER (WHERE t.sure) AS batches,
        count(DISTINCT (a.record, a.plant, a.batch)) FILTER (WHERE t.known_sure AND a.tested) AS known_batches
    FROM above AS a
    JOIN treated AS t USING (node, record, plant, batch)
    GROUP BY a.node, a.method
),
summed AS (
    SELECT t.node, string_agg(
            concat_ws('/', t.record, t.plant, t.batch, t.sure), ' ' ORDER BY t.record, t.plant, t.batch
        ) AS rests_on,
        bool_or(t.record = 'viral_inactivation') AS inactivated, bool_and(t.known_sure IS NOT NULL) AS known,
        count(*) FILTER (WHERE t.sure) > max(s.batches) AS several,
        count(*) FILTER (WHERE t.known_sure) > max(s.known_batches) AS known_several
    FROM treated AS t
    JOIN (
        SELECT node, max(batches) AS batches, max(known_batches) AS known_batches FROM shared GROUP BY node
    ) AS s USING (node)
    GROUP BY t.node
)
SELECT
    f.manufacturer, f.lot_number, f.step,
    CASE
        WHEN s.several THEN 'pass'
        WHEN s.inactivated IS NOT TRUE OR NOT s.known OR s.known_several THEN 'pending'
        ELSE 'finding'
    END AS outcome,
    s.rests_on
FROM fact_lot AS f
LEFT JOIN summed AS s USING (node)
