-- K01.information: later knowledge of a donor is reviewed in time.
SELECT
    r.centre, r.information,
    CASE
        WHEN r.kind = 'cjd' THEN 'not_applicable'
        WHEN clock.days IS NULL OR r.reviewed_at IS NULL THEN 'pending'
        WHEN lineage.local_day(r.reviewed_at, r.reviewed_at_offset_min, pl.zone) - began.day > clock.days THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    began.day + clock.days AS due_on
FROM scope_post_donation_information
JOIN standing.post_donation_information AS r USING (centre, information)
LEFT JOIN lineage.place AS pl ON pl.party = r.centre
CROSS JOIN LATERAL (SELECT lineage.local_day(r.learned_at, r.learned_at_offset_min, pl.zone)) AS began (day)
LEFT JOIN reference.reporting_clock AS clock
    ON clock.jurisdiction = pl.jurisdiction AND clock.event = 'donor_information' AND clock.in_force @> began.day
