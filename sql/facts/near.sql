-- Donations of these persons from a while before the first in scope to the last of it, each with its day.
CREATE TEMP TABLE fact_near ON COMMIT DROP AS
WITH around (person, since, until) AS (
    SELECT
        person,
        min(day) - (
            SELECT 2 + least(greatest(7, max(interval_days)), 1000000) FROM reference.screening_scheme
        ),
        max(day) + 2
    FROM fact_donation
    WHERE person IS NOT NULL AND day IS NOT NULL
    GROUP BY person
)
SELECT k.person, d.donation_number, d.plasma_kind, at.day
FROM around
JOIN fact_person AS k USING (person)
JOIN standing.donation AS d ON d.donor_key = k.donor_key AND d.collected_at BETWEEN around.since AND around.until
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
CROSS JOIN LATERAL (SELECT lineage.local_day(d.collected_at, d.collected_at_offset_min, pl.zone)) AS at (day)
