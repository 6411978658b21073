-- Nonreactive results of these persons by agent, uncontested: on a donation, on a minipool with it, or on the person;
-- with the first and the last day that versions tell.
CREATE TEMP TABLE fact_good ON COMMIT DROP AS
WITH RECURSIVE given AS (
    SELECT person, donation_number, min(day) AS first_day, max(day) AS last_day
    FROM fact_traced
    GROUP BY person, donation_number
    HAVING bool_and(sure AND day IS NOT NULL)
),
-- All minipools first, and then only by those whose numbers one laboratory gave: what may be another's is no good
-- result.
perhaps (donation_number, minipool) AS (
    SELECT given.donation_number, m.minipool
    FROM given
    JOIN standing.minipool_member AS m ON m.member_kind = 'donation' AND m.member = given.donation_number
    UNION
    SELECT perhaps.donation_number, m.minipool
    FROM perhaps
    JOIN standing.minipool_member AS m ON m.member_kind = 'minipool' AND m.member = perhaps.minipool
),
shared AS (  -- numbers that more than one laboratory gave: a result names the number alone
    SELECT m.minipool
    FROM (SELECT DISTINCT minipool FROM perhaps) AS named
    JOIN standing.minipool_member AS m USING (minipool)
    GROUP BY m.minipool
    HAVING count(DISTINCT m.laboratory) > 1
),
mixed (donation_number, minipool) AS (
    SELECT given.donation_number, m.minipool
    FROM given
    JOIN standing.minipool_member AS m ON m.member_kind = 'donation' AND m.member = given.donation_number
    WHERE m.minipool NOT IN (SELECT minipool FROM shared)
    UNION
    SELECT mixed.donation_number, m.minipool
    FROM mixed
    JOIN standing.minipool_member AS m ON m.member_kind = 'minipool' AND m.member = mixed.minipool
    WHERE m.minipool NOT IN (SELECT minipool FROM shared)
),
tested (person, named, tested, tested_id, first_day, last_day) AS (
    SELECT person, donation_number, 'donation', donation_number, first_day, last_day FROM given
    UNION ALL
    SELECT given.person, donation_number, 'minipool', mixed.minipool, given.first_day, given.last_day
    FROM given
    JOIN mixed USING (donation_number)
    UNION ALL
    SELECT person, donor_key, 'donor', donor_key, NULL, NULL
    FROM (SELECT DISTINCT person FROM fact_traced) AS t
    JOIN fact_person USING (person)
),
told AS (
    SELECT
        t.person, t.named, a.agent, r.sample, r.marker, r.run,
        coalesce(t.first_day, own.day) AS first_day, coalesce(t.last_day, own.day) AS last_day
    FROM tested AS t
    JOIN standing.test_result AS r USING (tested, tested_id)
    JOIN fact_agent AS a USING (marker)
    CROSS JOIN LATERAL (SELECT lineage.local_day(r.tested_at, r.tested_at_offset_min, NULL)) AS own (day)
    WHERE r.interpretation = 'nonreactive' AND NOT EXISTS (
        SELECT FROM standing.test_result AS v
        WHERE v.sample = r.sample AND v.marker = r.marker AND v.run = r.run
            AND (v.interpretation, v.tested, v.tested_id) IS DISTINCT FROM (r.interpretation, r.tested, r.tested_id)
    )
)
SELECT person, agent, min(first_day) AS first_day, max(last_day) AS last_day
FROM told
GROUP BY person, agent, named, sample, marker, run
HAVING count(*) = count(first_day)
