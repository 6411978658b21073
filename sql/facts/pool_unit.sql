-- Units in pools in scope, with the day of pooling, and of donation with its person and hold.
CREATE TEMP TABLE fact_pool_unit ON COMMIT DROP AS
SELECT
    pu.plant, pu.pool_number, pu.unit, pool.pooled_at,
    lineage.local_day(pool.pooled_at, pool.pooled_at_offset_min, at.zone) AS pooled_day,
    d.donation_number, d.plasma_kind, coalesce(p.person, d.donor_key) AS person, given.day,
    s.jurisdiction IS NOT NULL AS has_scheme, s.hold_days
FROM scope_pool_unit
JOIN standing.pool_unit AS pu USING (plant, pool_number, unit)
LEFT JOIN standing.pool USING (plant, pool_number)
LEFT JOIN lineage.place AS at ON at.party = pu.plant
LEFT JOIN standing.plasma_unit AS u USING (unit)
LEFT JOIN standing.donation AS d USING (donation_number)
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
LEFT JOIN lineage.person AS p ON p.kind = 'donor' AND p.key = d.donor_key
CROSS JOIN LATERAL (SELECT lineage.local_day(d.collected_at, d.collected_at_offset_min, pl.zone)) AS given (day)
LEFT JOIN reference.screening_scheme AS s
    ON s.jurisdiction = pl.jurisdiction AND s.plasma_kind = d.plasma_kind AND s.in_force @> given.day
