-- How many vials lines of these lots tell of, each figure with its least and its most (docs/counting.md). single: of these
-- lines alone, of which a version names something else where perhaps: {given, not_given, prepared, dispensed, prepared_only, dispensed_only, without_key, each _least and _most,
-- and lines}.
WITH asked AS MATERIALIZED (  -- read twice, and each row was sought by its key
    SELECT v.lot, v.record, v.key, v.patient, v.basis, v.state, v.vials, v.least, v.lots, v.sure, v.place, v.preparation,
        v.alone, v.origin, v.holds, v.least AS told_least
    -- The others are summed already. By a hash: these are few, and what is asked about may be thousands.
    FROM lineage.vial_bound AS bound
    JOIN lineage.vial AS v USING (lot, record, key)
    WHERE NOT :single AND (bound.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE
    UNION ALL
    SELECT v.lot, v.record, v.key, v.patient, v.basis, v.state, v.vials, CASE WHEN one.perhaps THEN 0 ELSE v.least END,
        v.lots, v.sure, v.place, v.preparation, v.alone, v.origin, v.holds, v.least
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[]), CAST(:perhaps AS boolean[])) AS one (record, key, perhaps)
    JOIN lineage.vial AS v USING (record, key)
    WHERE :single AND v.lot = ANY (CAST(:nodes AS bigint[]))
),
of_lot AS (
    SELECT record, key, lot, min(state) AS state, min(basis) AS basis, max(vials) AS vials, min(least) AS least,
        min(told_least) AS told_least, max(lots) AS lots, bool_and(sure) AS sure, bool_or(patient > 0) AS keyed,
        bool_or(patient = 0) AS keyless, max(place) AS place, max(preparation) AS preparation,
        max(origin) AS origin, max(holds) AS holds
    FROM asked
    -- A line of one lot and one patient has one row, and needs no grouping: so have nearly all.
    WHERE NOT alone
    GROUP BY record, key, lot
),
line AS (
    SELECT record, key, array_position(ARRAY['dispensed', 'prepared', 'not_given', 'given'], state) AS stage,
        basis = 'preparation' AND preparation IS NOT NULL AS of_preparation, vials AS most, told_least, least, sure,
        patient > 0 AS keyed, patient = 0 AS keyless, place AS site, preparation, origin, holds
    FROM asked
    WHERE alone
    UNION ALL
    SELECT record, key, array_position(ARRAY['dispensed', 'prepared', 'not_given', 'given'], min(state)),
        min(basis) = 'preparation' AND max(preparation) IS NOT NULL, max(vials), min(told_least),
        -- Surely only where all lots that the line may be of are asked about.
        CASE WHEN count(*) = max(lots) THEN min(least) ELSE 0 END,
        bool_and(sure), bool_or(keyed), bool_or(keyless), max(place), max(preparation), max(origin), max(holds)
    FROM of_lot
    GROUP BY record, key
),
bag AS (  -- what was given by its preparation alone
    SELECT site, preparation, stage, sum(told_least) AS least, sum(most) AS most, bool_and(sure) AS sure,
        bool_or(keyed) AS keyed, bool_or(keyless) AS keyless
    FROM line
    WHERE of_preparation
    GROUP BY site, preparation, stage
),
filled AS (  -- what went into it, and how much of that is asked about; FULL JOIN never compares all with all
    SELECT put.site, put.preparation, put.stage, put.least, put.most, put.sure, put.keyed, put.keyless,
        sum(put.vials) AS vials, coalesce(sum(own.least), 0) AS asked_least, coalesce(sum(own.most), 0) AS asked_most,
        -- Of a person's infusion nothing that was prepared in it need be the person's.
        :of_person AND count(own.key) = 0 AS apart
    FROM (
        SELECT bag.site, bag.preparation, bag.stage, bag.least, bag.most, bag.sure, bag.keyed, bag.keyless, item.vials,
            jsonb_build_array(bag.site, bag.preparation, item.item::text) AS key
        FROM bag
        CROSS JOIN LATERAL (
            -- Without a number a line may be any number of vials, unless it names a pack that holds one.
            SELECT r.item, max(coalesce(nullif(r.vials, 0), (
                SELECT CASE WHEN bool_and(coalesce(p.vials = 1, false)) THEN 1 END
                FROM standing.pack AS p
                WHERE p.gtin = r.gtin AND p.serial = r.serial AND NOT EXISTS (
                    SELECT FROM judged.contested_shown AS c
                    WHERE c.record = 'pack' AND c.possible AND c.key = jsonb_build_array(r.gtin, r.serial)
                )
            ), 1000000)) AS vials
            FROM standing.reconstitution_vial AS r
            WHERE r.site = bag.site AND r.preparation = bag.preparation
            GROUP BY r.item
        ) AS item
    ) AS put
    FULL JOIN (
        SELECT key, least, most FROM line WHERE record = 'reconstitution_vial'
    ) AS own USING (key)
    WHERE coalesce(put.stage, 0) > 0
    GROUP BY put.site, put.preparation, put.stage, put.least, put.most, put.sure, put.keyed, put.keyless
),
counted AS (
    SELECT stage, least, most, sure, keyed, keyless, origin, holds
    FROM line
    WHERE NOT of_preparation
    UNION ALL
    SELECT filled.stage, line.least, line.most, filled.sure, filled.keyed, filled.keyless, line.origin, line.holds
    FROM filled
    JOIN line
        ON line.record = 'reconstitution_vial' AND line.site = filled.site AND line.preparation = filled.preparation
    -- As much was given as had been put in: each line of the preparation was given whole.
    WHERE filled.least >= filled.vials AND NOT filled.apart
    UNION ALL
    SELECT stage, CASE WHEN apart THEN least ELSE greatest(0, least - (vials - asked_least)) END::integer,
        CASE WHEN apart THEN most ELSE least(most, asked_most) END::integer, sure, keyed, keyless, NULL, NULL
    FROM filled
    WHERE least < vials OR apart
    UNION ALL
    -- More was given than had been put in: which of the two is wrong nobody can tell.
    SELECT stage, 0, (most - vials)::integer, sure, keyed, keyless, NULL, NULL
    FROM filled
    WHERE most > vials AND NOT apart
),
told AS (  -- what is told of each pack, stage by stage; what is counted by lot and count has no origin
    SELECT origin, max(holds) AS holds,
        coalesce(sum(least) FILTER (WHERE stage = 1), 0)::bigint AS least_1,
        coalesce(sum(most) FILTER (WHERE stage = 1), 0)::bigint AS most_1,
        coalesce(sum(least) FILTER (WHERE stage = 1 AND NOT keyed), 0)::bigint AS blank_1,
        coalesce(sum(least) FILTER (WHERE stage = 1 AND NOT keyless), 0)::bigint AS named_1,
        coalesce(sum(most) FILTER (WHERE stage = 1 AND keyed), 0)::bigint AS keyed_1,
        coalesce(sum(least) FILTER (WHERE stage = 2), 0)::bigint AS least_2,
        coalesce(sum(most) FILTER (WHERE stage = 2), 0)::bigint AS most_2,
        coalesce(sum(least) FILTER (WHERE stage = 2 AND NOT keyed), 0)::bigint AS blank_2,
        coalesce(sum(least) FILTER (WHERE stage = 2 AND NOT keyless), 0)::bigint AS named_2,
        coalesce(sum(most) FILTER (WHERE stage = 2 AND keyed), 0)::bigint AS keyed_2,
        coalesce(sum(least) FILTER (WHERE stage = 3), 0)::bigint AS least_3,
        coalesce(sum(most) FILTER (WHERE stage = 3), 0)::bigint AS most_3,
        coalesce(sum(least) FILTER (WHERE stage = 3 AND sure), 0)::bigint AS sure_3,
        coalesce(sum(least) FILTER (WHERE stage = 3 AND NOT keyed), 0)::bigint AS blank_3,
        coalesce(sum(least) FILTER (WHERE stage = 3 AND NOT keyless), 0)::bigint AS named_3,
        coalesce(sum(most) FILTER (WHERE stage = 3 AND keyed), 0)::bigint AS keyed_3,
        coalesce(sum(least) FILTER (WHERE stage = 4), 0)::bigint AS least_4,
        coalesce(sum(most) FILTER (WHERE stage = 4), 0)::bigint AS most_4,
        coalesce(sum(least) FILTER (WHERE stage = 4 AND sure), 0)::bigint AS sure_4,
        coalesce(sum(least) FILTER (WHERE stage = 4 AND NOT keyed), 0)::bigint AS blank_4,
        coalesce(sum(least) FILTER (WHERE stage = 4 AND NOT keyless), 0)::bigint AS named_4,
        coalesce(sum(most) FILTER (WHERE stage = 4 AND keyed), 0)::bigint AS keyed_4,
        coalesce(sum(most) FILTER (WHERE keyless), 0)::bigint AS blank_most
    FROM counted
    GROUP BY origin
),
pack AS (
    SELECT origin, holds, least_1, most_1, blank_1, named_1, keyed_1, least_2, most_2, blank_2,
        named_2, keyed_2, least_3, most_3, sure_3, blank_3, named_3, keyed_3, least_4, most_4, sure_4, blank_4,
        named_4, keyed_4, blank_most,
        most_2 + most_3 + most_4 AS after_1, most_3 + most_4 AS after_2,
        keyed_1 + keyed_2 + keyed_3 + keyed_4 AS keyed,
        CASE WHEN holds IS NOT NULL THEN greatest(holds, most_1, most_2, most_3, most_4) END AS room,
        greatest(named_1, named_2, named_3, named_4) AS named,
        CASE WHEN holds IS NOT NULL THEN greatest(0, holds - greatest(named_1, named_2, named_3, named_4)) END AS unnamed
    FROM told
),
of_rows AS (
    SELECT
        -- No pack has more vials than it holds, however many lines tell of them.
        coalesce(sum(least(least_1, holds)), 0) AS least_1, coalesce(sum(most_1), 0) AS most_1,
        coalesce(sum(least(blank_1, unnamed)), 0) AS blank_1, coalesce(sum(keyed_1), 0) AS keyed_1,
        coalesce(sum(least(least_2, holds)), 0) AS least_2, coalesce(sum(most_2), 0) AS most_2,
        coalesce(sum(least(blank_2, unnamed)), 0) AS blank_2, coalesce(sum(keyed_2), 0) AS keyed_2,
        coalesce(sum(least(sure_3, holds)), 0) AS least_3, coalesce(sum(most_3), 0) AS most_3,
        coalesce(sum(least(blank_3, unnamed)), 0) AS blank_3, coalesce(sum(keyed_3), 0) AS keyed_3,
        coalesce(sum(least(sure_4, holds)), 0) AS least_4, coalesce(sum(most_4), 0) AS most_4,
        coalesce(sum(least(blank_4, unnamed)), 0) AS blank_4, coalesce(sum(keyed_4), 0) AS keyed_4,
        coalesce(sum(greatest(0, least(least_1, holds) - after_1)) FILTER (WHERE origin IS NOT NULL), 0) AS alone_1,
        coalesce(sum(least(
            most_1, CASE WHEN room IS NOT NULL THEN greatest(0, room - greatest(least_2, least_3, least_4)) END
        )) FILTER (WHERE origin IS NOT NULL), 0) AS alone_most_1,
        coalesce(sum(greatest(0, after_1 - least_1)) FILTER (WHERE origin IS NOT NULL), 0) AS unmatched_1,
        coalesce(sum(least_1) FILTER (WHERE origin IS NULL), 0) AS counted_1,
        coalesce(sum(most_1) FILTER (WHERE origin IS NULL), 0) AS counted_most_1,
        coalesce(sum(after_1) FILTER (WHERE origin IS NULL), 0) AS counted_after_1,
        coalesce(sum(greatest(0, least(least_2, holds) - after_2)) FILTER (WHERE origin IS NOT NULL), 0) AS alone_2,
        coalesce(sum(least(
            most_2, CASE WHEN room IS NOT NULL THEN greatest(0, room - greatest(least_3, least_4)) END
        )) FILTER (WHERE origin IS NOT NULL), 0) AS alone_most_2,
        coalesce(sum(greatest(0, after_2 - least_2)) FILTER (WHERE origin IS NOT NULL), 0) AS unmatched_2,
        coalesce(sum(least_2) FILTER (WHERE origin IS NULL), 0) AS counted_2,
        coalesce(sum(most_2) FILTER (WHERE origin IS NULL), 0) AS counted_most_2,
        coalesce(sum(after_2) FILTER (WHERE origin IS NULL), 0) AS counted_after_2,
        coalesce(sum(least(greatest(
            0, blank_1 - (keyed - keyed_1), blank_2 - (keyed - keyed_2), blank_3 - (keyed - keyed_3),
            blank_4 - (keyed - keyed_4)
        ), unnamed)) FILTER (WHERE origin IS NOT NULL), 0) AS nameless,
        coalesce(sum(least(blank_most, CASE WHEN room IS NOT NULL THEN greatest(0, room - named) END))
            FILTER (WHERE origin IS NOT NULL), 0)
            + coalesce(sum(blank_most) FILTER (WHERE origin IS NULL), 0) AS nameless_most,
        coalesce(sum(keyed) FILTER (WHERE origin IS NULL), 0) AS counted_keyed,
        coalesce(sum(keyed), 0) AS keyed
    FROM pack
),
summed AS (
    SELECT
        sum(least_1) AS least_1, sum(most_1) AS most_1, sum(blank_1) AS blank_1, sum(keyed_1) AS keyed_1,
        sum(least_2) AS least_2, sum(most_2) AS most_2, sum(blank_2) AS blank_2, sum(keyed_2) AS keyed_2,
        sum(least_3) AS least_3, sum(most_3) AS most_3, sum(blank_3) AS blank_3, sum(keyed_3) AS keyed_3,
        sum(least_4) AS least_4, sum(most_4) AS most_4, sum(blank_4) AS blank_4, sum(keyed_4) AS keyed_4,
        sum(alone_1) AS alone_1, sum(alone_most_1) AS alone_most_1, sum(unmatched_1) AS unmatched_1,
        sum(counted_1) AS counted_1, sum(counted_most_1) AS counted_most_1, sum(counted_after_1) AS counted_after_1,
        sum(alone_2) AS alone_2, sum(alone_most_2) AS alone_most_2, sum(unmatched_2) AS unmatched_2,
        sum(counted_2) AS counted_2, sum(counted_most_2) AS counted_most_2, sum(counted_after_2) AS counted_after_2,
        sum(nameless) AS nameless, sum(nameless_most) AS nameless_most, sum(counted_keyed) AS counted_keyed,
        sum(keyed) AS keyed,
        sum(lines) AS lines
    FROM (
        SELECT least_1, most_1, blank_1, keyed_1, least_2, most_2, blank_2, keyed_2, least_3, most_3, blank_3, keyed_3,
            least_4, most_4, blank_4, keyed_4, alone_1, alone_most_1, unmatched_1, counted_1, counted_most_1,
            counted_after_1, alone_2, alone_most_2, unmatched_2, counted_2, counted_most_2, counted_after_2, nameless,
            nameless_most, counted_keyed, keyed, (SELECT count(*) FROM line) AS lines
        FROM of_rows
        UNION ALL
        -- What linking keeps of each lot.
        SELECT least_1, most_1, blank_1, keyed_1, least_2, most_2, blank_2, keyed_2, least_3, most_3, blank_3, keyed_3,
            least_4, most_4, blank_4, keyed_4, alone_1, alone_most_1, unmatched_1, counted_1, counted_most_1,
            counted_after_1, alone_2, alone_most_2, unmatched_2, counted_2, counted_most_2, counted_after_2, nameless,
            nameless_most, counted_keyed, keyed, lines
        FROM lineage.lot_told
        WHERE NOT :single AND (lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE
    ) AS each
)
SELECT
    least_4 AS given_least, most_4 AS given_most, least_3 AS not_given_least, most_3 AS not_given_most,
    least_2 AS prepared_least, most_2 AS prepared_most, least_1 AS dispensed_least, most_1 AS dispensed_most,
    greatest(0, alone_2 + greatest(0, counted_2 - unmatched_2) - counted_after_2) AS prepared_only_least,
    alone_most_2 + counted_most_2 AS prepared_only_most,
    -- What is told by count may be the same vials as those told by serial: the least takes them for
    -- the same, the most for others.
    greatest(0, alone_1 + greatest(0, counted_1 - unmatched_1) - counted_after_1) AS dispensed_only_least,
    alone_most_1 + counted_most_1 AS dispensed_only_most,
    greatest(
        0, nameless - counted_keyed, blank_1 - (keyed - keyed_1), blank_2 - (keyed - keyed_2),
        blank_3 - (keyed - keyed_3), blank_4 - (keyed - keyed_4)
    ) AS without_key_least,
    nameless_most AS without_key_most,
    lines
FROM summed
