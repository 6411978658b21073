-- Until when these persons were surely requalified, and since which day at the latest: by every version of a deferral
-- that stands, of the deferrals of which all versions are of the person and tell a day no later than that.
CREATE TEMP TABLE fact_requalified ON COMMIT DROP AS
WITH surely AS (
    SELECT k.person, min(f.requalified_on) AS since, max(f.requalified_on) AS until
    FROM (SELECT DISTINCT person, centre, deferral FROM fact_deferral) AS k
    JOIN standing.deferral AS f USING (centre, deferral)
    LEFT JOIN fact_person AS own ON own.person = k.person AND own.donor_key = f.donor_key
    GROUP BY k.person, k.centre, k.deferral
    HAVING count(*) = count(own.person) AND count(*) = count(f.requalified_on)
)
SELECT person, until, max(max(since)) OVER (PARTITION BY person ORDER BY until) AS since
FROM surely
GROUP BY person, until
