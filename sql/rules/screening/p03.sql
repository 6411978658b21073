-- P03: every marker asked for was looked for in the pool, and not found above its limit.
WITH pool AS (
    SELECT p.plant, p.pool_number, pl.jurisdiction, lineage.local_day(p.pooled_at, p.pooled_at_offset_min, pl.zone) AS day
    FROM scope_pool
    JOIN standing.pool AS p USING (plant, pool_number)
    LEFT JOIN lineage.place AS pl ON pl.party = p.plant
),
wanted AS (  -- of a requirement with several versions the lowest limit and the earliest term
    SELECT pool.plant, pool.pool_number, pool.jurisdiction, pool.day, q.marker, min(q.limit_iu_ml) AS limit_iu_ml,
        bool_or(q.limit_iu_ml IS NULL) AS unlimited, min(q.term_days) AS term_days
    FROM pool
    LEFT JOIN reference.screening_requirement AS q
        ON q.jurisdiction = pool.jurisdiction AND q.level = 'pool' AND q.in_force @> pool.day
    GROUP BY pool.plant, pool.pool_number, pool.jurisdiction, pool.day, q.marker, q.plasma_kind
),
summed AS (
    SELECT plant, pool_number, jurisdiction, day, marker, min(limit_iu_ml) AS limit_iu_ml,
        bool_and(unlimited) AS unlimited, max(term_days) AS term_days
    FROM wanted
    GROUP BY plant, pool_number, jurisdiction, day, marker
),
asked AS (
    SELECT plant, pool_number, jurisdiction, day, marker, limit_iu_ml, term_days FROM summed
    UNION ALL  -- where a version of each has no limit, a reactive result may be one too many: asked for once more
    SELECT plant, pool_number, jurisdiction, day, marker, NULL, term_days FROM summed
    WHERE unlimited AND limit_iu_ml IS NOT NULL
),
tested AS (
    SELECT a.plant, a.pool_number, a.jurisdiction, a.day, a.marker, a.term_days, a.limit_iu_ml, r.sample, r.run,
        encode(r.content, 'hex') AS content,
        r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate') AS reactive,
        r.interpretation = 'nonreactive' AS nonreactive,
        r.interpretation = 'invalid' AS invalid,
        r.value IS NOT NULL OR r.unread ->> 'value' IS NOT NULL AS measured,
        CASE WHEN r.unread ->> 'operator' IS NULL THEN coalesce(r.operator, '=') END AS operator,
        r.value * m.size AS titre
    FROM asked AS a
    LEFT JOIN standing.test_result AS r
        ON r.tested = 'pool' AND r.tested_id = a.pool_number AND r.marker = a.marker
    LEFT JOIN fact_measure AS m ON m.base = 'IU/mL' AND m.spelling = replace(r.value_unit, ' ', '')
),
-- Of each version a rank: 3 is above the limit, or reactive where no value settles it; 2 cannot be compared with the
-- limit; 1 is good; 0 says nothing.
version AS (
    SELECT t.plant, t.pool_number, t.jurisdiction, t.day, t.marker, t.limit_iu_ml, t.term_days, t.sample, t.run,
        t.content, c.versions,
        CASE
            WHEN t.sample IS NULL OR t.invalid THEN 0
            WHEN t.limit_iu_ml IS NULL OR NOT t.measured THEN CASE WHEN t.reactive THEN 3 WHEN t.nonreactive THEN 1 ELSE 0 END
            WHEN t.titre > t.limit_iu_ml AND t.operator IN ('=', '>', '>=')
                OR t.titre = t.limit_iu_ml AND t.operator = '>' THEN 3
            WHEN t.titre <= t.limit_iu_ml AND t.operator IN ('=', '<', '<=')
                THEN CASE WHEN t.reactive OR t.nonreactive THEN 1 ELSE 0 END
            WHEN t.reactive THEN 3
            ELSE 2
        END AS rank
    FROM tested AS t
    LEFT JOIN judged.contested AS c
        ON c.record = 'test_result' AND c.key = jsonb_build_array(t.sample, t.marker, t.run::text)
),
shared AS (  -- numbers that are not one plant's: a result names the number alone
    SELECT number AS pool_number FROM lineage.node WHERE step = 'pool' GROUP BY number HAVING count(*) > 1
),
-- Of a contested result the worst version counts, and it is good only by all of its versions.
result AS (
    SELECT plant, pool_number, jurisdiction, day, marker, limit_iu_ml, term_days, max(rank) AS worst,
        min(rank) >= 1 AND count(*) = coalesce(max(versions), 1)
            AND pool_number NOT IN (SELECT pool_number FROM shared) AS good,
        string_agg(content, ' ' ORDER BY content) FILTER (WHERE rank = 3) AS rests_on
    FROM version
    GROUP BY plant, pool_number, jurisdiction, day, marker, limit_iu_ml, term_days, sample, run
),
-- One good result answers for its marker, unless another is above the limit or cannot be compared with it.
judged AS (
    SELECT plant, pool_number, jurisdiction, day, marker, term_days,
        CASE WHEN max(worst) >= 2 THEN max(worst) WHEN bool_or(good) THEN 1 ELSE 0 END AS worst,
        string_agg(rests_on, ' ' ORDER BY rests_on) AS rests_on
    FROM result
    GROUP BY plant, pool_number, jurisdiction, day, marker, limit_iu_ml, term_days
)
SELECT
    plant, pool_number,
    CASE
        WHEN bool_or(worst = 3) THEN 'finding'
        WHEN bool_or(marker IS NULL) OR bool_or(worst IN (0, 2)) THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    string_agg(DISTINCT concat_ws('/', marker, rests_on), ' ' ORDER BY concat_ws('/', marker, rests_on))
        FILTER (WHERE worst = 3) AS rests_on,
    day + max(term_days) FILTER (WHERE worst IN (0, 2)) AS due_on,
    CASE
        WHEN bool_or(worst = 2) THEN 'a titre that cannot be compared with its limit'
        WHEN bool_or(marker IS NULL) THEN 'the day of pooling, or what the law asks for'
        WHEN pool_number IN (SELECT pool_number FROM shared)
            THEN 'a result of a marker; of this number more than one plant has a pool'
        ELSE 'a result of a marker'
    END AS waits_for
FROM judged
GROUP BY plant, pool_number, jurisdiction, day
