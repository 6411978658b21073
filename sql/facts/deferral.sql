-- Deferrals of these persons.
CREATE TEMP TABLE fact_deferral ON COMMIT DROP AS
SELECT k.person, f.centre, f.deferral, f.deferred_from, f.deferred_until, f.cause, f.requalified_on,
    encode(f.content, 'hex') AS rests_on
FROM fact_person AS k
JOIN standing.deferral AS f USING (donor_key)
