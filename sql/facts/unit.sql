-- Plasma units in scope with the storage limits of their donation's scheme.
CREATE TEMP TABLE fact_unit ON COMMIT DROP AS
SELECT
    u.unit, u.volume_ml, u.storage_max_c, u.above_limit_h, s.jurisdiction IS NOT NULL AS has_scheme,
    s.storage_max_c AS limit_c, s.thaw_max_c, s.thaw_h
FROM scope_unit
JOIN standing.plasma_unit AS u USING (unit)
LEFT JOIN standing.donation AS d USING (donation_number)
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
LEFT JOIN reference.screening_scheme AS s
    ON s.jurisdiction = pl.jurisdiction AND s.plasma_kind = d.plasma_kind
    AND s.in_force @> lineage.local_day(d.collected_at, d.collected_at_offset_min, pl.zone)
