-- V06: two methods that count against enveloped viruses, one of them solvent/detergent, were put to what is in a lot.
WITH batch AS (
    SELECT
        n.node, l.plant, l.batch, 'solvent_detergent' AS method, b.process_version,
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
        n.node, l.plant, l.batch, b.method, b.process_version,
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
above AS (
    SELECT f.node, b.method, b.failed, credit.least, credit.whole
    FROM (SELECT DISTINCT node FROM fact_lot) AS f
    JOIN lineage.closure AS c ON c.descendant = f.node
    JOIN batch AS b ON b.node = c.ancestor
    LEFT JOIN credit ON credit.process_version = b.process_version AND credit.day = b.day
),
summed AS (
    SELECT
        node, count(DISTINCT method) FILTER (WHERE whole AND least >= 4 AND NOT failed) AS methods,
        bool_or(method = 'solvent_detergent') AS treated, bool_or(whole IS NOT TRUE) AS unknown
    FROM above
    GROUP BY node
)
SELECT
    f.manufacturer, f.lot_number, f.step,
    CASE
        WHEN s.methods >= 2 THEN 'pass'
        WHEN s.treated IS NOT TRUE OR s.unknown THEN 'pending'
        ELSE 'finding'
    END AS outcome
FROM fact_lot AS f
LEFT JOIN summed AS s USING (node)
