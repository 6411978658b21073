-- Donations in scope with their day, person and scheme, one row for each version of any of these.
CREATE TEMP TABLE fact_donation ON COMMIT DROP AS
SELECT
    d.donation_number, coalesce(p.person, d.donor_key) AS person, d.plasma_kind, d.haemoglobin_g_dl, at.day,
    s.jurisdiction IS NOT NULL AS has_scheme, s.interval_days, s.week_max, s.hold_days, s.exam_days, s.sample_months, s.sample_late_months, s.lookback_months,
    s.haemoglobin_f_g_dl, s.haemoglobin_m_g_dl
FROM scope_donor
JOIN standing.donation AS d USING (donation_number)
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
CROSS JOIN LATERAL (SELECT lineage.local_day(d.collected_at, d.collected_at_offset_min, pl.zone)) AS at (day)
LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.key = d.donor_key
LEFT JOIN reference.screening_scheme AS s
    ON s.jurisdiction = pl.jurisdiction AND s.plasma_kind = d.plasma_kind AND s.in_force @> at.day
