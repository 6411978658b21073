-- How many vials lines of these lots tell of, each figure with its least and its most (docs/counting.md). single: of these
-- lines alone: {given, not_given, prepared, dispensed, prepared_only, dispensed_only, without_key, each _least and _most,
-- and lines}.
WITH RECURSIVE asked AS (
    SELECT v.lot, v.record, v.key, v.patient_key, v.basis, v.state, v.vials, v.least, v.lots, v.sure, v.gtin, v.serial,
        v.place, v.preparation
    FROM lineage.vial AS v
    WHERE NOT :single AND v.lot = ANY (:nodes)
    UNION ALL
    SELECT v.lot, v.record, v.key, v.patient_key, v.basis, v.state, v.vials, v.least, v.lots, v.sure, v.gtin, v.serial,
        v.place, v.preparation
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
    JOIN lineage.vial AS v USING (record, key)
    WHERE :single AND v.lot = ANY (:nodes)
),
of_lot AS (
    SELECT record, key, lot, min(state) AS state, min(basis) AS basis, max(vials) AS vials, min(least) AS least,
        max(lots) AS lots, bool_and(sure) AS sure, bool_or(patient_key <> '') AS keyed,
        bool_or(patient_key = '') AS keyless, max(gtin) AS gtin, max(serial) AS serial, max(place) AS place,
        max(preparation) AS preparation
    FROM asked
    GROUP BY record, key, lot
),
line AS (
    SELECT record, key, array_position(ARRAY['dispensed', 'prepared', 'not_given', 'given'], min(state)) AS stage,
        min(basis) = 'preparation' AS of_preparation, max(vials) AS most, min(least) AS told_least,
        CASE WHEN count(*) = max(lots) THEN min(least) ELSE 0 END AS least, bool_and(sure) AS sure,
        bool_or(keyed) AS keyed, bool_or(keyless) AS keyless, max(place) AS site, max(preparation) AS preparation,
        CASE WHEN count(contested.record) = 0 THEN max(gtin) END AS gtin,
        CASE WHEN count(contested.record) = 0 THEN max(serial) END AS serial
    FROM of_lot
    LEFT JOIN judged.contested USING (record, key)
    GROUP BY record, key
),
bag AS (  -- what was given by its preparation alone
    SELECT site, preparation, stage, sum(told_least) AS least, sum(most) AS most, bool_and(sure) AS sure,
        bool_or(keyed) AS keyed, bool_or(keyless) AS keyless
    FROM line
    WHERE of_preparation
    GROUP BY site, preparation, stage
),
filled AS (  -- what went into it, and how much of that is asked about
    SELECT bag.site, bag.preparation, bag.stage, bag.least, bag.most, bag.sure, bag.keyed, bag.keyless,
        sum(item.vials) AS vials, coalesce(sum(line.least), 0) AS asked_least, coalesce(sum(line.most), 0) AS asked_most
    FROM bag
    CROSS JOIN LATERAL (
        SELECT r.item, max(coalesce(r.vials, 1)) AS vials
        FROM standing.reconstitution_vial AS r
        WHERE r.site = bag.site AND r.preparation = bag.preparation
        GROUP BY r.item
    ) AS item
    LEFT JOIN line
        ON line.record = 'reconstitution_vial'
        AND line.key = jsonb_build_array(bag.site, bag.preparation, item.item::text)
    GROUP BY bag.site, bag.preparation, bag.stage, bag.least, bag.most, bag.sure, bag.keyed, bag.keyless
),
counted AS (
    SELECT stage, least, most, sure, keyed, keyless, gtin, serial
    FROM line
    WHERE NOT of_preparation
    UNION ALL
    SELECT filled.stage, line.least, line.most, filled.sure, filled.keyed, filled.keyless, line.gtin, line.serial
    FROM filled
    JOIN line
        ON line.record = 'reconstitution_vial' AND line.site = filled.site AND line.preparation = filled.preparation
    WHERE filled.least >= filled.vials
    UNION ALL
    SELECT stage, greatest(0, least - (vials - asked_least)), least(most, asked_most), sure, keyed, keyless, NULL, NULL
    FROM filled
    WHERE least < vials
),
former AS (  -- by which names a pack went before
    SELECT DISTINCT gtin, serial, gtin AS from_gtin, serial AS from_serial
    FROM counted
    WHERE gtin IS NOT NULL AND serial IS NOT NULL
    UNION
    SELECT former.gtin, former.serial, r.gtin, r.serial
    FROM former
    JOIN standing.relabelling AS r ON r.new_gtin = former.from_gtin AND r.new_serial = former.from_serial
),
pack AS (  -- each pack by its first name, where there is one, and how many vials it holds
    SELECT gtin, serial, min(from_gtin) AS first_gtin, min(from_serial) AS first_serial
    FROM former
    WHERE NOT EXISTS (
        SELECT FROM standing.relabelling AS r
        WHERE r.new_gtin = former.from_gtin AND r.new_serial = former.from_serial
    )
    GROUP BY gtin, serial
    HAVING count(*) = 1
),
staged AS (
    SELECT pack.first_gtin AS gtin, pack.first_serial AS serial, c.stage, sum(c.least) AS least, sum(c.most) AS most,
        coalesce(sum(c.least) FILTER (WHERE c.sure), 0) AS sure_least,
        coalesce(sum(c.least) FILTER (WHERE NOT c.keyed), 0) AS blank_least,
        coalesce(sum(c.most) FILTER (WHERE c.keyless), 0) AS blank_most,
        coalesce(sum(c.least) FILTER (WHERE NOT c.keyless), 0) AS keyed_least,
        coalesce(sum(c.most) FILTER (WHERE c.keyed), 0) AS keyed_most
    FROM counted AS c
    LEFT JOIN pack USING (gtin, serial)
    GROUP BY pack.first_gtin, pack.first_serial, c.stage
),
held AS (
    SELECT s.gtin, s.serial, p.vials AS holds
    FROM (SELECT DISTINCT gtin, serial FROM staged WHERE serial IS NOT NULL) AS s
    CROSS JOIN LATERAL (  -- looked up one by one; nothing where versions contradict each other
        SELECT CASE WHEN min(k.vials) = max(k.vials) THEN min(k.vials) END AS vials
        FROM standing.pack AS k
        WHERE k.gtin = s.gtin AND k.serial = s.serial
    ) AS p
),
of_pack AS (  -- a pack's stages side by side; what is counted by lot and count has no pack
    SELECT s.gtin, s.serial, s.stage, s.least, s.most, s.sure_least, s.blank_least, s.blank_most, s.keyed_most, held.holds,
        CASE WHEN held.holds IS NOT NULL THEN greatest(held.holds, max(s.most) OVER pack) END AS room,
        CASE WHEN held.holds IS NOT NULL THEN greatest(held.holds - max(s.keyed_least) OVER pack, 0) END AS unkeyed,
        max(s.keyed_least) OVER pack AS keyed_least,
        sum(s.keyed_most) OVER pack - s.keyed_most AS other_keyed,
        coalesce(max(s.least) OVER later, 0) AS later_least,
        coalesce(sum(s.most) OVER later, 0) AS later_most
    FROM staged AS s
    LEFT JOIN held USING (gtin, serial)
    WINDOW pack AS (PARTITION BY s.gtin, s.serial),
        later AS (pack ORDER BY s.stage ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
),
nameless AS (  -- of each pack, its vials on no line with a patient
    SELECT
        max(least(greatest(blank_least - other_keyed, 0), unkeyed)) AS least,
        least(sum(blank_most), CASE WHEN max(room) IS NOT NULL THEN greatest(max(room) - max(keyed_least), 0) END) AS most
    FROM of_pack
    WHERE serial IS NOT NULL
    GROUP BY gtin, serial
),
by_stage AS (
    SELECT stage,
        sum(least(sure_least, holds)) AS least,
        sum(most) AS most,
        coalesce(sum(greatest(least(least, holds) - later_most, 0)) FILTER (WHERE serial IS NOT NULL), 0) AS alone_least,
        coalesce(sum(
            CASE WHEN room IS NULL THEN most ELSE least(most, greatest(room - later_least, 0)) END
        ) FILTER (WHERE serial IS NOT NULL), 0) AS alone_most,
        coalesce(sum(most) FILTER (WHERE serial IS NOT NULL), 0) AS pack_most,
        coalesce(sum(least(later_most, least)) FILTER (WHERE serial IS NOT NULL), 0) AS covered,
        coalesce(sum(least) FILTER (WHERE serial IS NULL), 0) AS count_least,
        coalesce(sum(most) FILTER (WHERE serial IS NULL), 0) AS count_most,
        sum(least(blank_least, unkeyed)) AS blank_least,
        coalesce(sum(blank_most) FILTER (WHERE serial IS NULL), 0) AS count_blank,
        sum(keyed_most) AS keyed,
        coalesce(sum(keyed_most) FILTER (WHERE serial IS NULL), 0) AS count_keyed
    FROM of_pack
    GROUP BY stage
),
alone AS (  -- of each stage, its vials on no line of a later one
    SELECT s.stage,
        greatest(0, s.alone_least + greatest(0, s.count_least - (later.pack_most - s.covered)) - later.count_most) AS least,
        s.alone_most + s.count_most AS most,
        greatest(0, s.blank_least - (all_keyed.keyed - s.keyed)) AS blank_least
    FROM by_stage AS s
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(l.pack_most), 0) AS pack_most, coalesce(sum(l.count_most), 0) AS count_most
        FROM by_stage AS l
        WHERE l.stage > s.stage
    ) AS later
    CROSS JOIN (SELECT sum(keyed) AS keyed FROM by_stage) AS all_keyed
)
SELECT
    coalesce(sum(s.least) FILTER (WHERE stage = 4), 0) AS given_least,
    coalesce(sum(s.most) FILTER (WHERE stage = 4), 0) AS given_most,
    coalesce(sum(s.least) FILTER (WHERE stage = 3), 0) AS not_given_least,
    coalesce(sum(s.most) FILTER (WHERE stage = 3), 0) AS not_given_most,
    coalesce(sum(s.least) FILTER (WHERE stage = 2), 0) AS prepared_least,
    coalesce(sum(s.most) FILTER (WHERE stage = 2), 0) AS prepared_most,
    coalesce(sum(s.least) FILTER (WHERE stage = 1), 0) AS dispensed_least,
    coalesce(sum(s.most) FILTER (WHERE stage = 1), 0) AS dispensed_most,
    coalesce(sum(alone.least) FILTER (WHERE stage = 2), 0) AS prepared_only_least,
    coalesce(sum(alone.most) FILTER (WHERE stage = 2), 0) AS prepared_only_most,
    coalesce(sum(alone.least) FILTER (WHERE stage = 1), 0) AS dispensed_only_least,
    coalesce(sum(alone.most) FILTER (WHERE stage = 1), 0) AS dispensed_only_most,
    greatest(
        coalesce(max(alone.blank_least), 0),
        coalesce((SELECT sum(least) FROM nameless), 0) - coalesce(sum(s.count_keyed), 0)
    ) AS without_key_least,
    coalesce((SELECT sum(most) FROM nameless), 0) + coalesce(sum(s.count_blank), 0) AS without_key_most,
    (SELECT count(*) FROM line) AS lines
FROM by_stage AS s
JOIN alone USING (stage)
