-- Donations in scope with what was found in them: markers as bits, found bad or good on itself and on its minipools.
CREATE TEMP TABLE fact_screening ON COMMIT DROP AS
WITH RECURSIVE mixed (donation_number, minipool) AS (
    SELECT s.donation_number, m.minipool
    FROM scope_screening AS s
    JOIN standing.minipool_member AS m ON m.member_kind = 'donation' AND m.member = s.donation_number
    UNION
    SELECT mixed.donation_number, m.minipool
    FROM mixed
    JOIN standing.minipool_member AS m ON m.member_kind = 'minipool' AND m.member = mixed.minipool
),
shared AS (  -- numbers that more than one laboratory gave: a result names the number alone
    SELECT m.minipool
    FROM (SELECT DISTINCT minipool FROM mixed) AS named
    JOIN standing.minipool_member AS m USING (minipool)
    GROUP BY m.minipool
    HAVING count(DISTINCT m.laboratory) > 1
),
unsure AS (
    SELECT DISTINCT donation_number FROM mixed JOIN shared USING (minipool)
),
surely (donation_number, minipool) AS (  -- of the unsure ones alone: of all others every minipool is sure
    SELECT s.donation_number, m.minipool
    FROM unsure AS s
    JOIN standing.minipool_member AS m ON m.member_kind = 'donation' AND m.member = s.donation_number
    WHERE m.minipool NOT IN (SELECT minipool FROM shared)
    UNION
    SELECT surely.donation_number, m.minipool
    FROM surely
    JOIN standing.minipool_member AS m ON m.member_kind = 'minipool' AND m.member = surely.minipool
    WHERE m.minipool NOT IN (SELECT minipool FROM shared)
),
-- Contested results of which a version is not good: none of their versions counts as good
-- (docs/decisions/rules-across-records.md).
worse AS (
    SELECT r.sample, r.marker, r.run
    FROM judged.contested AS c
    JOIN standing.test_result AS r
        ON r.sample = c.key ->> 0 AND r.marker = c.key ->> 1 AND r.run = (c.key ->> 2)::integer
    WHERE c.record = 'test_result'
    GROUP BY r.sample, r.marker, r.run
    HAVING count(DISTINCT (r.tested, r.tested_id)) > 1 OR bool_or(r.interpretation IS DISTINCT FROM 'nonreactive')
),
found AS (
    SELECT s.donation_number, r.marker, r.interpretation, r.sample, r.run, r.content, true AS own, true AS sure
    FROM scope_screening AS s
    JOIN standing.test_result AS r ON r.tested = 'donation' AND r.tested_id = s.donation_number
    UNION ALL
    SELECT mixed.donation_number, r.marker, r.interpretation, r.sample, r.run, r.content, false,
        unsure.donation_number IS NULL OR surely.minipool IS NOT NULL
    FROM mixed
    LEFT JOIN unsure USING (donation_number)
    LEFT JOIN surely USING (donation_number, minipool)
    JOIN standing.test_result AS r ON r.tested = 'minipool' AND r.tested_id = mixed.minipool
),
-- Bad by any version, good only where it surely is of this donation and no version says otherwise.
told AS (
    SELECT
        found.donation_number, 1 << marker.bit AS bit, found.own, found.content,
        found.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate') AS bad,
        found.sure AND found.interpretation = 'nonreactive' AND worse.sample IS NULL AS good
    FROM found
    JOIN marker USING (marker)
    LEFT JOIN worse USING (sample, marker, run)
),
summed AS (
    SELECT
        donation_number,
        coalesce(bit_or(bit) FILTER (WHERE own AND bad), 0) AS bad,
        coalesce(bit_or(bit) FILTER (WHERE own AND good), 0) AS good,
        coalesce(bit_or(bit) FILTER (WHERE NOT own AND bad), 0) AS mixed_bad,
        coalesce(bit_or(bit) FILTER (WHERE NOT own AND good), 0) AS mixed_good,
        string_agg(DISTINCT encode(content, 'hex'), ' ' ORDER BY encode(content, 'hex')) FILTER (WHERE bad) AS rests_on
    FROM told
    GROUP BY donation_number
)
SELECT
    d.donation_number, at.day, pl.jurisdiction, d.plasma_kind, coalesce(s.bad, 0) AS bad, coalesce(s.good, 0) AS good,
    coalesce(s.mixed_bad, 0) AS mixed_bad, coalesce(s.mixed_good, 0) AS mixed_good,
    s.rests_on
FROM scope_screening
JOIN standing.donation AS d USING (donation_number)
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
CROSS JOIN LATERAL (SELECT lineage.local_day(d.collected_at, d.collected_at_offset_min, pl.zone)) AS at (day)
LEFT JOIN summed AS s USING (donation_number)
