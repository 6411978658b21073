-- K01.reaction: a serious reaction is reported to the authority in time.
SELECT
    r.reporter, r.reaction,
    CASE
        WHEN r.serious IS DISTINCT FROM 'yes' THEN 'not_applicable'
        WHEN clock.days IS NULL OR r.reported_at IS NULL THEN 'pending'
        WHEN lineage.local_day(r.reported_at, r.reported_at_offset_min, pl.zone) - began.day > clock.days THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    began.day + clock.days AS due_on
FROM scope_adverse_reaction
JOIN standing.adverse_reaction AS r USING (reporter, reaction)
LEFT JOIN lineage.place AS pl ON pl.party = r.reporter
CROSS JOIN LATERAL (SELECT lineage.local_day(r.aware_at, r.aware_at_offset_min, pl.zone)) AS began (day)
LEFT JOIN reference.reporting_clock AS clock
    ON clock.jurisdiction = pl.jurisdiction AND clock.event = 'serious_reaction' AND clock.in_force @> began.day
