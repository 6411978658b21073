-- K01.deviation: a deviation of a lot is reported to the authority in time.
SELECT
    r.plant, r.deviation,
    CASE
        WHEN r.lot_number IS NULL THEN 'not_applicable'
        WHEN clock.days IS NULL OR r.reported_at IS NULL THEN 'pending'
        WHEN lineage.local_day(r.reported_at, r.reported_at_offset_min, pl.zone) - began.day > clock.days THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    began.day + clock.days AS due_on
FROM scope_deviation
JOIN standing.deviation AS r USING (plant, deviation)
LEFT JOIN lineage.place AS pl ON pl.party = r.plant
CROSS JOIN LATERAL (SELECT lineage.local_day(r.opened_at, r.opened_at_offset_min, pl.zone)) AS began (day)
LEFT JOIN reference.reporting_clock AS clock
    ON clock.jurisdiction = pl.jurisdiction AND clock.event = 'deviation' AND clock.in_force @> began.day
