-- The affected packs with what lines of vials say of each: once, and once more where a line may be of it or may not:
-- {nth, lot, gtin, serial, vials, fewest, maker, given, dispensed, dispensed_at, place, at, record, key}.
CREATE TEMP TABLE custody_use ON COMMIT DROP AS
WITH packs AS MATERIALIZED (
    SELECT row_number() OVER () AS nth, lot, gtin, serial, vials, fewest, maker
    FROM (
        -- A pack holds one vial at least, whatever its record says, or where that says nothing.
        SELECT node.node AS lot, pack.gtin, pack.serial, max(pack.vials) AS vials,
            min(coalesce(pack.vials, 0)) AS fewest, node.maker
        FROM custody_pack
        JOIN standing.pack USING (gtin, serial)
        JOIN lineage.node
            ON node.maker = pack.manufacturer AND node.number = pack.lot_number AND node.step = 'packed'
        GROUP BY pack.serial, pack.gtin, node.node
    ) AS pack
),
line AS (
    SELECT nth, vial.record, vial.key, min(vial.state) AS state, max(vial.vials) AS vials, max(vial.place) AS place,
        max(vial.at) AS at, bool_or(vial.basis = 'disagreement') AS astray  -- of another lot than what was in its preparation
    FROM packs
    JOIN lineage.vial USING (gtin, serial)
    GROUP BY nth, vial.record, vial.key
),
named AS (  -- what versions of lines tell of these packs
    SELECT packs.nth, 'dispensing' AS record, jsonb_build_array(v.pharmacy, v.dispensing) AS key, v.vials
    FROM packs
    JOIN standing.dispensing AS v USING (gtin, serial)
    UNION ALL
    SELECT packs.nth, 'reconstitution_vial', jsonb_build_array(v.site, v.preparation, v.item::text), v.vials
    FROM packs
    JOIN standing.reconstitution_vial AS v USING (gtin, serial)
    UNION ALL
    SELECT packs.nth, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text), v.vials
    FROM packs
    JOIN standing.administration_vial AS v USING (gtin, serial)
),
perhaps AS MATERIALIZED (  -- of lines whose versions do not all name one pack
    SELECT unsure.nth, unsure.record, unsure.key, told.state, unsure.vials, told.place, told.at
    FROM (
        SELECT named.nth, record, key, max(coalesce(nullif(named.vials, 0), 1)) AS vials
        FROM named
        JOIN judged.contested USING (record, key)
        GROUP BY named.nth, record, key
    ) AS unsure
    CROSS JOIN LATERAL (  -- looked up one by one: a few of many
        SELECT min(v.state) AS state, max(v.place) AS place, max(v.at) AS at
        FROM lineage.vial AS v
        WHERE v.record = unsure.record AND v.key = unsure.key AND v.serial IS NULL
        HAVING count(*) > 0
        OFFSET 0
    ) AS told
),
either (nth, perhaps, record, key, state, vials, place, at) AS (  -- where it would stand without them, and with them
    SELECT nth, false, record, key, state, vials, place, at FROM line WHERE NOT astray
    UNION ALL
    SELECT nth, false, NULL, NULL, NULL, 0, NULL, NULL FROM perhaps
    UNION ALL
    SELECT nth, false, NULL, NULL, NULL, 0, NULL, NULL FROM line WHERE astray
    UNION ALL
    SELECT nth, true, record, key, state, vials, place, at
    FROM line
    WHERE nth IN (SELECT nth FROM perhaps UNION ALL SELECT nth FROM line WHERE astray)
    UNION ALL
    SELECT nth, true, record, key, state, vials, place, at FROM perhaps
),
ranked AS (  -- a pack is where the gravest of its lines says, and of several there the last
    SELECT nth, perhaps, record, key, state, vials, place, at,
        array_position(ARRAY['given', 'dispensed', 'prepared', 'not_given'], state) AS rank
    FROM either
),
used AS (
    SELECT nth,
        coalesce(sum(vials) FILTER (WHERE state = 'given'), 0) AS given,
        coalesce(sum(vials) FILTER (WHERE state = 'dispensed'), 0) AS dispensed,
        max(at) FILTER (WHERE state = 'dispensed') AS dispensed_at,
        (array_agg(place ORDER BY rank, place DESC, at DESC NULLS LAST, record, key))[1] AS place,
        (array_agg(at ORDER BY rank, place DESC, at DESC NULLS LAST, record, key))[1] AS at,
        (array_agg(record ORDER BY rank, place DESC, at DESC NULLS LAST, record, key))[1] AS record,
        (array_agg(key ORDER BY rank, place DESC, at DESC NULLS LAST, record, key))[1] AS key
    FROM ranked
    GROUP BY nth, perhaps
)
-- FULL JOIN answers as LEFT JOIN does, and never compares all with all.
SELECT nth, packs.lot, packs.gtin, packs.serial, packs.vials, packs.fewest, packs.maker, coalesce(used.given, 0) AS given,
    used.dispensed, used.dispensed_at, used.place, used.at, used.record, used.key
FROM packs
FULL JOIN used USING (nth)
