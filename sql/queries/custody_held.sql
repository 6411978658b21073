-- Where packs stand of which not all was given: as custody_given.sql, and where else those may that were partly. Each fact is gathered once for all of them, by
-- their place among them: what is many is looked up by its index. FULL JOIN: every fact is of one of the packs, and such
-- a join never compares all with all, however few it expects.
INSERT INTO custody_new (lot, gtin, serial, whereabouts, holder, vials, fewest, since, record, key)
WITH RECURSIVE rest AS MATERIALIZED (
    SELECT nth, lot, gtin, serial, vials, fewest, maker, given, dispensed, dispensed_at, place, at, record, key
    FROM custody_use
    WHERE given < greatest(vials, 1)
),
former (nth, gtin, serial, since) AS (  -- what they were before, and since when they have their label
    SELECT rest.nth, r.gtin, r.serial, r.relabelled_at
    FROM rest
    JOIN standing.relabelling AS r ON r.new_gtin = rest.gtin AND r.new_serial = rest.serial
    UNION
    SELECT former.nth, r.gtin, r.serial, former.since
    FROM former
    JOIN standing.relabelling AS r ON r.new_gtin = former.gtin AND r.new_serial = former.serial
),
label AS MATERIALIZED (
    SELECT nth, gtin, serial, CAST(NULL AS timestamptz) AS since, false AS former FROM rest
    UNION ALL
    SELECT nth, gtin, serial, since, true FROM former
),
packed AS MATERIALIZED (
    SELECT label.nth, c.sscc, c.packed_at, c.unpacked_at, label.since, label.former
    FROM label
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
    SELECT label.nth, label.former, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM label
    JOIN standing.shipment AS s USING (gtin, serial)
    WHERE coalesce(s.shipped_at >= label.since, true)
    UNION
    SELECT packed.nth, packed.former, s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM packed
    JOIN sent_box AS s USING (sscc)
    -- A package moves what was in it then: what is not dated may have been.
    WHERE coalesce(s.shipped_at >= greatest(packed.packed_at, s.packed_at), true)
        AND coalesce(s.shipped_at <= least(packed.unpacked_at, s.unpacked_at), true)
        AND coalesce(s.shipped_at >= packed.since, true)
),
-- What may be the last, of shipments, counts and ends: unless another is later by all its versions than it is by any.
-- One that is not dated may be of any time.
last_sent AS (
    SELECT nth, from_party, shipment, item, to_party, shipped_at, latest >= max(earliest) OVER (PARTITION BY nth) AS last
    FROM (
        SELECT nth, from_party, shipment, item, to_party, shipped_at,
            min(coalesce(shipped_at, '-infinity')) OVER versions AS earliest,
            max(coalesce(shipped_at, 'infinity')) OVER versions AS latest
        FROM sent
        WHERE NOT former
        WINDOW versions AS (PARTITION BY nth, from_party, shipment, item)
    ) AS told
),
moved AS (
    SELECT
        last_sent.nth, from_party, shipment, item, coalesce(d.to_party, last_sent.to_party) AS to_party,
        d.item IS NOT NULL AS came, d.packs AS received,
        d.item IS NOT NULL AND d.to_party IS NULL AND coalesce(d.packs, 1) > 0 AS anywhere,
        greatest(last_sent.shipped_at, d.delivered_at) AS at
    FROM last_sent
    LEFT JOIN standing.delivery AS d USING (from_party, shipment, item)
    WHERE last_sent.last
),
counted AS (
    SELECT DISTINCT ON (nth, at) nth, party, stocktake, item, packs, at
    FROM (
        SELECT nth, party, stocktake, item, packs, at, latest >= max(earliest) OVER (PARTITION BY nth) AS last
        FROM (
            SELECT nth, c.party, c.stocktake, c.item, c.packs, c.counted_at AS at,
                min(c.counted_at) OVER versions AS earliest, max(c.counted_at) OVER versions AS latest
            FROM rest
            JOIN standing.stock_count AS c USING (gtin, serial)
            -- A count without its time could be of before anything that is known.
            WHERE c.counted_at IS NOT NULL
            WINDOW versions AS (PARTITION BY nth, c.party, c.stocktake, c.item)
        ) AS told
    ) AS each
    WHERE last
    ORDER BY nth, at, packs DESC NULLS LAST, party, stocktake, item
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
    SELECT nth, kind, party, fate, at, vials
    FROM (
        SELECT nth, kind, party, fate, at, sum(vials) OVER (PARTITION BY nth) AS vials,
            latest >= max(earliest) OVER (PARTITION BY nth) AS last
        FROM (
            SELECT nth, kind, party, fate, at, vials,
                min(coalesce(at, '-infinity')) OVER versions AS earliest,
                max(coalesce(at, 'infinity')) OVER versions AS latest
            FROM fate
            WINDOW versions AS (PARTITION BY nth, party, fate)
        ) AS told
    ) AS each
    WHERE last
),
renamed AS (
    SELECT nth, party, new_gtin, new_serial, at
    FROM (
        SELECT nth, r.party, r.new_gtin, r.new_serial, r.relabelled_at AS at,
            rank() OVER (PARTITION BY nth ORDER BY r.relabelled_at DESC NULLS LAST) AS rank
        FROM rest
        JOIN standing.relabelling AS r USING (gtin, serial)
    ) AS told
    WHERE rank = 1
),
labelled AS (  -- by whom a pack got this label, and so had it when the label began
    SELECT nth, r.party, r.gtin, r.serial, r.relabelled_at AS at
    FROM rest
    JOIN standing.relabelling AS r ON r.new_gtin = rest.gtin AND r.new_serial = rest.serial
),
known AS (  -- what is returned is elsewhere as soon as somebody says so; a count says more than an older move
    SELECT
        nth, rest.lot, rest.gtin, rest.serial, rest.vials, rest.fewest, rest.maker, rest.given, rest.dispensed, rest.place,
        rest.at AS used_at,
        rest.record AS used_by, rest.key AS used_key,
        renamed.party AS renamed_by, renamed.new_gtin, renamed.new_serial, renamed.at AS renamed_at,
        labelled.party AS labelled_by, labelled.gtin AS old_gtin, labelled.serial AS old_serial,
        labelled.at AS labelled_at, ended.kind, ended.party AS ended_by, ended.fate, ended.at AS ended_at,
        moved.from_party, moved.shipment, moved.item, moved.to_party, moved.came, moved.received, moved.anywhere,
        moved.at AS moved_at,
        counted.party AS counted_by, counted.stocktake, counted.item AS counted_item, counted.packs AS counted,
        counted.at AS counted_at,
        coalesce(ended.vials, 0) >= greatest(rest.vials, 1)
        AND (ended.kind IS DISTINCT FROM 'returned'
            OR coalesce(ended.at >= greatest(moved.at, counted.at, rest.dispensed_at), true)) AS gone,
        -- Surely: what came back, or what ended nobody knows how, may have been sent, counted or dispensed later; what was
        -- lost may be found, and then be.
        coalesce(ended.vials, 0) >= greatest(rest.vials, 1) AND CASE
            WHEN ended.kind <> 'returned' THEN coalesce(ended.at >= greatest(moved.at, found.at, rest.dispensed_at), true)
            ELSE (moved.shipment IS NULL OR moved.at IS NOT NULL) AND coalesce(
                ended.at >= greatest(moved.at, found.at, rest.dispensed_at),
                greatest(moved.at, found.at, rest.dispensed_at) IS NULL
            )
        END AS surely_gone,
        counted.party IS NOT NULL AND coalesce(counted.at > moved.at, true) AS seen,
        counted.party IS NOT NULL AND moved.shipment IS NOT NULL AND moved.at IS NULL AS seen_or_not,
        -- Of what was used in part, or not at all, the rest may have gone elsewhere since.
        rest.place IS NOT NULL AND moved.shipment IS NOT NULL AND coalesce(moved.at >= rest.at, true)
        AND moved.to_party IS DISTINCT FROM rest.place AS sent_on,
        rest.place IS NOT NULL AND coalesce(counted.packs, 1) > 0 AND coalesce(counted.at >= rest.at, counted.at IS NOT NULL)
        AND counted.party IS DISTINCT FROM rest.place AS seen_elsewhere
    FROM rest
    FULL JOIN moved USING (nth)
    FULL JOIN counted USING (nth)
    FULL JOIN ended USING (nth)
    FULL JOIN renamed USING (nth)
    FULL JOIN labelled USING (nth)
    CROSS JOIN LATERAL (  -- what is lost or destroyed no count finds, and one that does not says nothing new
        SELECT CASE WHEN (ended.kind <> 'returned' AND counted.packs = 0) IS NOT TRUE THEN counted.at END AS at
    ) AS found
),
besides AS (  -- where a label that a pack had before was told of since it has another: it may be this pack, or be none
    SELECT sent.nth, CASE WHEN d.item IS NULL THEN 'shipment' ELSE 'delivery' END AS record,
        CASE WHEN d.item IS NULL THEN 'in transit' WHEN d.packs = 0 THEN 'not delivered' ELSE 'delivered' END AS whereabouts,
        coalesce(d.to_party, sent.to_party) AS holder, greatest(sent.shipped_at, d.delivered_at) AS since,
        jsonb_build_array(sent.from_party, sent.shipment, sent.item::text) AS key
    FROM sent
    LEFT JOIN standing.delivery AS d USING (from_party, shipment, item)
    WHERE sent.former
    UNION ALL
    SELECT label.nth, 'stock_count', 'in stock', c.party, c.counted_at,
        jsonb_build_array(c.party, c.stocktake, c.item::text)
    FROM label
    JOIN standing.stock_count AS c USING (gtin, serial)
    WHERE label.former AND coalesce(c.packs, 1) > 0 AND coalesce(c.counted_at >= label.since, true)
),
told AS (  -- by what: the first that holds: a later name, an end, a use, a count, a shipment, and only then its label
    SELECT nth, lot, gtin, serial, vials, fewest, maker, given, dispensed, place, used_at, used_key, renamed_by, new_gtin, new_serial,
        renamed_at, kind, ended_by, fate, ended_at, from_party, shipment, item, to_party, received, anywhere, moved_at, counted_by,
        stocktake, counted_item, counted, counted_at, labelled_by, old_gtin, old_serial, labelled_at,
        CASE
            WHEN new_serial IS NOT NULL THEN 'relabelling'
            WHEN word.gone THEN 'vial_fate'
            WHEN word.used THEN used_by
            WHEN word.seen THEN 'stock_count'
            WHEN came THEN 'delivery'
            WHEN shipment IS NOT NULL THEN 'shipment'
            WHEN old_serial IS NOT NULL THEN 'label'
            ELSE 'pack'
        END AS told
    FROM known
    CROSS JOIN LATERAL (  -- which of these hold: also as they may, where that is not sure
        SELECT gone, place IS NOT NULL AS used, seen
        UNION ALL
        SELECT false, place IS NOT NULL, seen WHERE gone AND NOT surely_gone
        UNION ALL
        SELECT false, place IS NOT NULL, false WHERE seen_or_not AND NOT surely_gone
        UNION ALL
        SELECT false, false, false WHERE sent_on AND NOT surely_gone
        UNION ALL
        SELECT false, false, true WHERE seen_elsewhere AND NOT surely_gone
    ) AS word
),
placed AS (
    SELECT nth, lot, gtin, serial, vials, fewest, CASE told WHEN 'label' THEN 'relabelling' ELSE told END AS record,
        CASE told
            WHEN 'relabelling' THEN 'relabelled'
            WHEN 'vial_fate' THEN coalesce(kind, 'ended')
            WHEN 'stock_count' THEN CASE WHEN counted = 0 THEN 'not found at a count' ELSE 'in stock' END
            WHEN 'label' THEN 'in stock'
            WHEN 'pack' THEN 'never shipped'
            WHEN 'delivery' THEN CASE WHEN received = 0 THEN 'not delivered' ELSE 'delivered' END
            WHEN 'shipment' THEN 'in transit'
            ELSE CASE
                WHEN dispensed >= greatest(vials, 1) THEN 'dispensed'
                WHEN dispensed > 0 THEN 'partly dispensed'
                ELSE 'prepared, not given'
            END
        END AS whereabouts,
        CASE told
            WHEN 'relabelling' THEN renamed_by
            WHEN 'vial_fate' THEN ended_by
            WHEN 'stock_count' THEN counted_by
            WHEN 'label' THEN labelled_by
            WHEN 'pack' THEN maker
            WHEN 'delivery' THEN CASE WHEN NOT nowhere THEN to_party END
            WHEN 'shipment' THEN to_party
            ELSE place
        END AS holder,
        CASE told
            WHEN 'relabelling' THEN renamed_at
            WHEN 'vial_fate' THEN ended_at
            WHEN 'stock_count' THEN counted_at
            WHEN 'label' THEN labelled_at
            WHEN 'pack' THEN NULL  -- since it was made, and nobody said when it came to be there
            WHEN 'delivery' THEN moved_at
            WHEN 'shipment' THEN moved_at
            ELSE used_at
        END AS since,
        CASE told
            WHEN 'relabelling' THEN jsonb_build_array(gtin, serial, new_gtin, new_serial)
            WHEN 'vial_fate' THEN jsonb_build_array(ended_by, fate)
            WHEN 'stock_count' THEN jsonb_build_array(counted_by, stocktake, counted_item::text)
            WHEN 'label' THEN jsonb_build_array(old_gtin, old_serial, gtin, serial)
            WHEN 'pack' THEN jsonb_build_array(gtin, serial)
            WHEN 'delivery' THEN jsonb_build_array(from_party, shipment, item::text)
            WHEN 'shipment' THEN jsonb_build_array(from_party, shipment, item::text)
            ELSE used_key
        END AS key
    FROM told
    CROSS JOIN LATERAL (  -- a delivery that does not say where: with its consignee, or with anybody
        SELECT false AS nowhere
        UNION ALL
        SELECT true WHERE told = 'delivery' AND anywhere
    ) AS where_to
    -- Where packs were given stands there already (custody_given.sql).
    WHERE given = 0 OR told IN ('stock_count', 'delivery', 'shipment')
    UNION ALL
    SELECT nth, rest.lot, rest.gtin, rest.serial, rest.vials, rest.fewest, besides.record, whereabouts, holder, besides.since,
        besides.key
    FROM rest
    JOIN besides USING (nth)
    WHERE rest.given = 0
)
-- Each pack once at a place, though several versions or moves say it.
SELECT DISTINCT ON (nth, whereabouts, coalesce(holder, '?')) lot, gtin, serial, whereabouts, coalesce(holder, '?'), vials,
    fewest, since, record, key
FROM placed
ORDER BY nth, whereabouts, coalesce(holder, '?'), since DESC NULLS LAST, record, key
