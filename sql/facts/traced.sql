-- Persons deferred for a reactive result, with every donation of theirs and its days. Of these earlier donations are
-- looked for.
CREATE TEMP TABLE fact_traced ON COMMIT DROP AS
SELECT
    k.person, d.donation_number, at.day,
    (
        SELECT bool_and(other.donor_key IN (SELECT p.donor_key FROM fact_person AS p WHERE p.person = k.person) IS TRUE)
        FROM standing.donation AS other
        WHERE other.donation_number = d.donation_number
    ) AS sure
FROM (SELECT DISTINCT person FROM fact_deferral WHERE cause = 'reactive_result') AS deferred
JOIN fact_person AS k USING (person)
JOIN standing.donation AS d USING (donor_key)
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
CROSS JOIN LATERAL (SELECT lineage.local_day(d.collected_at, d.collected_at_offset_min, pl.zone)) AS at (day)
