-- Packs of these lots by where each was last known to be: {lot, whereabouts, holder, packs, vials}.
-- A pack holds one vial at least. Each fact is gathered once for all of the packs, by their place among them: what is
-- many is looked up by its index. FULL JOIN: every fact is of one of the packs, and such a join never compares all with
-- all, however few it expects.
WITH RECURSIVE packs AS MATERIALIZED (
    SELECT row_number() OVER () AS nth, lot, gtin, serial, vials, maker
    FROM (
        SELECT node.node AS lot, pack.gtin, pack.serial, max(pack.vials) AS vials, node.maker
        FROM lineage.node
        JOIN standing.pack ON pack.manufacturer = node.maker AND pack.lot_number = node.number
        WHERE node.node = ANY (:nodes) AND node.step = 'packed'
            -- Of these packs alone, where such are named.
            AND (CAST(:serials AS text[]) IS NULL OR (pack.gtin, pack.serial) IN (
                SELECT name.gtin, name.serial
                FROM unnest(CAST(:gtins AS text[]), CAST(:serials AS text[])) AS name (gtin, serial)
            ))
        GROUP BY pack.serial, pack.gtin, node.node
    ) AS pack
),
line AS (
    SELECT nth, min(vial.state) AS state, max(vial.vials) AS vials, max(vial.place) AS place, max(vial.at) AS at
    FROM packs
    JOIN lineage.vial USING (gtin, serial)
    GROUP BY nth, vial.record, vial.key
),
unsure AS MATERIALIZED (  -- lines of these lots whose versions do not all name one pack
    SELECT record, key, CASE record WHEN 'dispensing' THEN NULL ELSE CAST(key ->> 2 AS integer) END AS item,
        min(state) AS state, max(place) AS place, max(at) AS at
    FROM lineage.vial
    JOIN judged.contested_shown USING (record, key)
    WHERE lot = ANY (:nodes) AND serial IS NULL
    GROUP BY record, key
),
perhaps AS MATERIALIZED (  -- what they tell of the packs that a version names
    SELECT packs.nth, unsure.state, max(coalesce(version.vials, 1)) AS vials, unsure.place, unsure.at
    FROM unsure
    CROSS JOIN LATERAL (  -- looked up by the key: a few of many
        SELECT v.gtin, v.serial, v.vials FROM standing.dispensing AS v
        WHERE unsure.record = 'dispensing' AND v.pharmacy = unsure.key ->> 0 AND v.dispensing = unsure.key ->> 1
        UNION ALL
        SELECT v.gtin, v.serial, v.vials FROM standing.reconstitution_vial AS v
        WHERE unsure.record = 'reconstitution_vial' AND v.site = unsure.key ->> 0
            AND v.preparation = unsure.key ->> 1 AND v.item = unsure.item
        UNION ALL
        SELECT v.gtin, v.serial, v.vials FROM standing.administration_vial AS v
        WHERE unsure.record = 'administration_vial' AND v.site = unsure.key ->> 0
            AND v.administration = unsure.key ->> 1 AND v.item = unsure.item
        OFFSET 0
    ) AS version
    JOIN packs USING (gtin, serial)
    GROUP BY packs.nth, unsure.record, unsure.key, unsure.state, unsure.place, unsure.at
),
either (nth, perhaps, state, vials, place, at) AS (  -- such a pack stands where it would without them, and with them
    SELECT nth, false, state, vials, place, at FROM line
    UNION ALL
    SELECT nth, false, NULL, 0, NULL, NULL FROM perhaps
    UNION ALL
    SELECT nth, true, state, vials, place, at FROM line WHERE nth IN (SELECT nth FROM perhaps)
    UNION ALL
    SELECT nth, true, state, vials, place, at FROM perhaps
),
used AS (
    SELECT
        nth,
        coalesce(sum(vials) FILTER (WHERE state = 'given'), 0) AS given,
        coalesce(sum(vials) FILTER (WHERE state = 'dispensed'), 0) AS dispensed,
        coalesce(max(place) FILTER (WHERE state = 'given'), max(place)) AS place,
        max(at) FILTER (WHERE state = 'dispensed') AS dispensed_at
    FROM either
    GROUP BY nth, perhaps
),
pack AS MATERIALIZED (
    SELECT nth, packs.lot, packs.gtin, packs.serial, packs.vials, packs.maker, coalesce(used.given, 0) AS given,
        coalesce(used.given > 0, false) AS begun,
        used.dispensed, used.place, used.dispensed_at
    FROM packs
    FULL JOIN used USING (nth)
),
rest AS MATERIALIZED (  -- what was given is where it was given: nothing else of it is looked up
    SELECT nth, lot, gtin, serial, vials, maker, dispensed, place, dispensed_at FROM pack WHERE NOT begun
),
packed AS MATERIALIZED (
    SELECT rest.nth, c.sscc, c.packed_at, c.unpacked_at
    FROM rest
    JOIN standing.package_content AS c USING (gtin, serial)
),
box (own, sscc, packed_at, unpacked_at) AS (  -- packages of packs, and those around them: each once, not once a pack
    SELECT DISTINCT sscc, sscc, CAST(NULL AS timestamptz), CAST(NULL AS timestamptz) FROM packed
    UNION
    SELECT box.own, c.sscc, greatest(box.packed_at, c.packed_at), least(box.unpacked_at, c.unpacked_at)
    FROM box
    CROSS JOIN LATERAL (
        SELECT sscc, packed_at, unpacked_at FROM standing.package_content
        WHERE child_sscc = box.sscc
        OFFSET 0
    ) AS c
),
sent_box AS MATERIALIZED (
    SELECT box.own AS sscc, box.packed_at, box.unpacked_at, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM box
    CROSS JOIN LATERAL (
        SELECT from_party, shipment, item, to_party, shipped_at FROM standing.shipment
        WHERE sscc = box.sscc AND serial IS NULL
        OFFSET 0
    ) AS s
),
sent AS (
    SELECT rest.nth, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM rest
    JOIN standing.shipment AS s USING (gtin, serial)
    UNION
    SELECT packed.nth, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM packed
    JOIN sent_box AS s USING (sscc)
    -- A package moves what was in it then: what is not dated may have been.
    WHERE coalesce(s.shipped_at >= greatest(packed.packed_at, s.packed_at), true)
        AND coalesce(s.shipped_at <= least(packed.unpacked_at, s.unpacked_at), true)
),
last_sent AS (
    SELECT
        nth, from_party, shipment, item, to_party, shipped_at,
        -- One that is not dated may be the last, and counts as the last.
        rank() OVER (PARTITION BY nth ORDER BY shipped_at DESC NULLS FIRST) AS rank
    FROM sent
),
moved AS (
    SELECT
        last_sent.nth, shipment, coalesce(d.to_party, last_sent.to_party) AS to_party, d.item IS NOT NULL AS came,
        d.packs AS received,
        greatest(last_sent.shipped_at, d.delivered_at) AS at
    FROM last_sent
    LEFT JOIN standing.delivery AS d USING (from_party, shipment, item)
    WHERE last_sent.rank = 1
),
counted AS (
    SELECT DISTINCT ON (nth) nth, c.party, c.packs, c.counted_at AS at
    FROM rest
    JOIN standing.stock_count AS c USING (gtin, serial)
    -- A count without its time could be of before anything that is known.
    WHERE c.counted_at IS NOT NULL
    ORDER BY nth, c.counted_at DESC, c.packs DESC NULLS LAST, c.party, c.stocktake, c.item
),
fate AS (  -- of a fate's versions the fewest vials; none where one is of another pack
    SELECT nth, f.kind, f.party, f.fate, f.at,
        -- Once for each fate, though several of its versions stand.
        CASE WHEN row_number() OVER (PARTITION BY nth, f.party, f.fate) = 1 THEN least.vials END AS vials
    FROM rest
    JOIN standing.vial_fate AS f USING (gtin, serial)
    CROSS JOIN LATERAL (  -- looked up one by one: a few of many
        SELECT min(CASE WHEN v.gtin = f.gtin AND v.serial = f.serial THEN coalesce(v.vials, 1) ELSE 0 END) AS vials
        FROM standing.vial_fate AS v
        WHERE v.party = f.party AND v.fate = f.fate
        OFFSET 0
    ) AS least
),
ended AS (
    SELECT DISTINCT ON (nth) nth, kind, party, at, sum(vials) OVER (PARTITION BY nth) AS vials
    FROM fate
    ORDER BY nth, at DESC NULLS LAST, party, fate
),
renamed AS (
    SELECT DISTINCT ON (nth) nth, r.party, r.new_serial
    FROM rest
    JOIN standing.relabelling AS r USING (gtin, serial)
    ORDER BY nth, r.relabelled_at DESC NULLS LAST, r.new_gtin, r.new_serial
),
known AS (  -- what is returned is elsewhere as soon as somebody says so; a count says more than an older move
    SELECT
        nth, rest.lot, rest.vials, rest.maker, rest.dispensed, rest.place, renamed.new_serial,
        renamed.party AS renamed_by, ended.kind, ended.party AS ended_by, moved.shipment, moved.to_party,
        moved.came, moved.received, counted.party AS counted_by, counted.packs AS counted,
        coalesce(ended.vials, 0) >= greatest(rest.vials, 1)
        AND (ended.kind IS DISTINCT FROM 'returned'
            OR coalesce(ended.at >= greatest(moved.at, counted.at, rest.dispensed_at), true)) AS gone,
        counted.party IS NOT NULL AND coalesce(counted.at > moved.at, true) AS seen
    FROM rest
    FULL JOIN moved USING (nth)
    FULL JOIN counted USING (nth)
    FULL JOIN ended USING (nth)
    FULL JOIN renamed USING (nth)
),
placed AS (  -- each pack once at a place, though several versions or moves say it
    SELECT
        nth, lot, vials,
        CASE
            -- From here on the first that holds: a later name, an end, a use, a count, and only
            -- then a shipment.
            WHEN new_serial IS NOT NULL THEN 'relabelled'
            WHEN gone THEN coalesce(kind, 'ended')
            WHEN coalesce(dispensed, 0) >= greatest(vials, 1) THEN 'dispensed'
            WHEN dispensed > 0 THEN 'partly dispensed'
            WHEN place IS NOT NULL THEN 'prepared, not given'
            WHEN seen AND counted = 0 THEN 'not found at a count'
            WHEN seen THEN 'in stock'
            WHEN shipment IS NULL THEN 'never shipped'
            WHEN received = 0 THEN 'not delivered'
            WHEN came THEN 'delivered'
            ELSE 'in transit'
        END AS whereabouts,
        CASE
            WHEN new_serial IS NOT NULL THEN coalesce(renamed_by, '?')
            WHEN gone THEN ended_by
            WHEN place IS NOT NULL THEN place
            WHEN seen THEN counted_by
            WHEN shipment IS NULL THEN maker
            ELSE coalesce(to_party, '?')
        END AS holder
    FROM known
    UNION
    SELECT nth, lot, vials, CASE WHEN given >= greatest(vials, 1) THEN 'given' ELSE 'partly given' END, place
    FROM pack
    WHERE begun
)
SELECT lot, whereabouts, holder, count(*) AS packs, coalesce(sum(vials), 0) AS vials
FROM placed
GROUP BY lot, whereabouts, holder
ORDER BY lot, whereabouts, holder
