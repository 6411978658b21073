-- Facts of one pack at one place and moment, as a code names it; nothing where it cannot be told: lots/decisions/facts.py
-- says of each what it means. By indexes alone: packs and names, then what is told of these few.
WITH RECURSIVE earlier (gtin, serial) AS (
    SELECT CAST(:gtin AS text), CAST(:serial AS text)
    UNION
    SELECT r.gtin, r.serial
    FROM earlier
    JOIN standing.relabelling AS r ON r.new_gtin = earlier.gtin AND r.new_serial = earlier.serial
),
later (gtin, serial) AS (
    SELECT CAST(:gtin AS text), CAST(:serial AS text)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM later
    JOIN standing.relabelling AS r ON r.gtin = later.gtin AND r.serial = later.serial
),
-- What is told of a pack may be told under any of its names; and by its serial alone, where no product was told or
-- none that could be read: of two products that share it either may be meant, and the stop counts.
named (gtin, serial) AS MATERIALIZED (
    SELECT gtin, serial FROM earlier
    UNION
    SELECT gtin, serial FROM later
),
label AS MATERIALIZED (  -- what its maker says of it; of contested versions each
    SELECT p.manufacturer, p.lot_number, p.vials, p.label_expires_on, p.packed_at
    FROM earlier
    JOIN standing.pack AS p USING (gtin, serial)
),
lot (maker, number) AS MATERIALIZED (
    SELECT manufacturer, lot_number FROM label WHERE manufacturer IS NOT NULL AND lot_number IS NOT NULL
    UNION
    -- Of a serial that is not known the code's own lot, whoever made it.
    SELECT l.manufacturer, l.lot_number
    FROM standing.lot AS l
    WHERE l.lot_number = :lot_number AND l.step = 'packed' AND coalesce(l.gtin = :gtin, true)
        AND NOT EXISTS (SELECT FROM label)
    UNION
    SELECT n.maker, n.number
    FROM lineage.node AS n
    WHERE n.number = :lot_number AND n.step = 'packed' AND NOT EXISTS (SELECT FROM label)
        AND EXISTS (
            SELECT FROM standing.pack AS p
            WHERE p.manufacturer = n.maker AND p.lot_number = n.number AND p.step = n.step AND p.gtin = :gtin
        )
),
batch AS MATERIALIZED (
    SELECT lot.maker, lot.number, l.market, l.expires_on, l.amount, l.amount_unit
    FROM lot
    JOIN standing.lot AS l ON l.manufacturer = lot.maker AND l.lot_number = lot.number AND l.step = 'packed'
),
expiry (day) AS MATERIALIZED (
    SELECT label_expires_on FROM label WHERE label_expires_on IS NOT NULL
    UNION
    SELECT expires_on FROM batch WHERE expires_on IS NOT NULL
),
place AS MATERIALIZED (  -- where no zone is told, its day lies between those of the two ends of the earth
    SELECT
        jurisdiction, zone IS NULL AS unsure,
        CASE WHEN zone IS NULL THEN (:at AT TIME ZONE 'Etc/GMT-14')::date ELSE (:at AT TIME ZONE zone)::date END AS latest,
        CASE WHEN zone IS NULL THEN (:at AT TIME ZONE 'Etc/GMT+12')::date ELSE (:at AT TIME ZONE zone)::date END AS earliest
    FROM lineage.place
    WHERE party = :site
),
status AS MATERIALIZED (
    SELECT lot.maker, lot.number, s.market, s.status
    FROM lot
    CROSS JOIN LATERAL judged.lot_status(lot.maker, lot.number, :site) AS s
),
market (code) AS MATERIALIZED (
    SELECT jurisdiction FROM place
    UNION
    SELECT market FROM batch
),
box (sscc, packed_at, unpacked_at) AS (  -- the packages that it was in, and since and until when
    SELECT c.sscc, c.packed_at, c.unpacked_at
    FROM named
    JOIN standing.package_content AS c
        ON c.serial = named.serial AND (c.gtin = named.gtin OR c.gtin IS NULL)
    UNION
    SELECT c.sscc, greatest(box.packed_at, c.packed_at), least(box.unpacked_at, c.unpacked_at)
    FROM box
    JOIN standing.package_content AS c ON c.child_sscc = box.sscc
),
sent AS MATERIALIZED (
    SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM named
    JOIN standing.shipment AS s
        ON s.serial = named.serial AND (s.gtin = named.gtin OR s.gtin IS NULL)
    UNION
    SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM box
    JOIN standing.shipment AS s ON s.sscc = box.sscc AND s.serial IS NULL
    WHERE coalesce(s.shipped_at >= box.packed_at, true) AND coalesce(s.shipped_at <= box.unpacked_at, true)
),
counted AS MATERIALIZED (  -- where no line names it, those that count packs of its lot to this place
    SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
    FROM lot
    JOIN standing.shipment AS s ON s.lot_number = lot.number
    WHERE s.serial IS NULL AND s.sscc IS NULL AND s.to_party = :site AND coalesce(s.gtin = :gtin, true)
        AND NOT EXISTS (SELECT FROM sent WHERE sent.to_party = :site)
),
way AS MATERIALIZED (
    SELECT from_party, shipment, item, to_party, shipped_at, true AS sure FROM sent
    UNION ALL
    SELECT from_party, shipment, item, to_party, shipped_at, false FROM counted
),
stay (party, since, until, sure) AS (
    SELECT way.to_party, way.shipped_at, (
        SELECT min(next.shipped_at) FROM sent AS next
        WHERE next.from_party = way.to_party AND next.shipped_at > way.shipped_at
    ), way.sure
    FROM way
    UNION ALL
    SELECT sent.from_party, (SELECT min(packed_at) FROM label), sent.shipped_at, true
    FROM sent
    WHERE NOT EXISTS (SELECT FROM sent AS before WHERE before.to_party = sent.from_party)
    UNION ALL
    SELECT manufacturer, packed_at, NULL, true
    FROM label
    WHERE NOT EXISTS (SELECT FROM way)
),
excursion (fit, sure) AS MATERIALIZED (  -- on its way, or at a place while it was there
    SELECT e.fit, way.sure
    FROM way
    JOIN standing.excursion AS e USING (from_party, shipment)
    UNION ALL
    SELECT e.fit, stay.sure
    FROM stay
    JOIN standing.excursion AS e ON e.party = stay.party AND e.shipment IS NULL
    WHERE coalesce(e.began_at <= stay.until, true) AND coalesce(e.ended_at >= stay.since, true)
),
fate AS MATERIALIZED (  -- what is not counted is all of it: no pack holds more than a thousand (P06.vials)
    SELECT f.party, f.fate, f.kind, bool_or(f.fit = 'no') AS unfit, max(coalesce(f.vials, 1000)) AS vials
    FROM named
    JOIN standing.vial_fate AS f
        ON f.serial = named.serial AND (f.gtin = named.gtin OR f.gtin IS NULL)
    GROUP BY f.party, f.fate, f.kind
),
handed AS MATERIALIZED (  -- of contested versions the most vials count
    SELECT
        d.pharmacy, max(coalesce(d.vials, 1)) AS vials, bool_or(d.to_kind IS NULL OR d.to_kind = 'patient') AS to_patient,
        bool_or(d.to_kind IN ('ward', 'home')) AS to_others
    FROM named
    JOIN standing.dispensing AS d
        ON d.serial = named.serial AND (d.gtin = named.gtin OR d.gtin IS NULL)
    GROUP BY d.pharmacy, d.dispensing
),
bagged AS MATERIALIZED (
    SELECT v.site, v.preparation, v.item, max(coalesce(v.vials, 1)) AS vials
    FROM named
    JOIN standing.reconstitution_vial AS v
        ON v.serial = named.serial AND (v.gtin = named.gtin OR v.gtin IS NULL)
    GROUP BY v.site, v.preparation, v.item
),
infused AS MATERIALIZED (
    SELECT v.site, v.administration, v.item, max(coalesce(v.vials, 1)) AS vials
    FROM named
    JOIN standing.administration_vial AS v
        ON v.serial = named.serial AND (v.gtin = named.gtin OR v.gtin IS NULL)
    LEFT JOIN standing.administration AS a USING (site, administration)
    WHERE a.status IS DISTINCT FROM 'not_given'
    GROUP BY v.site, v.administration, v.item
    UNION ALL
    -- An infusion that names its bag alone gave what was in it.
    SELECT b.site, b.preparation, b.item, b.vials
    FROM bagged AS b
    WHERE EXISTS (
        SELECT FROM standing.administration_vial AS v
        LEFT JOIN standing.administration AS a USING (site, administration)
        WHERE v.site = b.site AND v.preparation = b.preparation AND v.serial IS NULL AND v.lot_number IS NULL
            AND a.status IS DISTINCT FROM 'not_given'
    )
),
pack AS MATERIALIZED (SELECT min(vials) AS holds FROM label),
gone AS MATERIALIZED (
    SELECT
        coalesce(sum(vials) FILTER (WHERE kind = 'lost'), 0) AS lost,
        coalesce(sum(vials) FILTER (WHERE kind IN ('destroyed', 'wasted')), 0) AS ended
    FROM fate
)
SELECT
    EXISTS (SELECT FROM lot) OR EXISTS (SELECT FROM accepted.pack AS p WHERE p.gtin = :gtin)
        OR EXISTS (SELECT FROM accepted.product AS p WHERE p.gtin = :gtin) AS product_known,
    EXISTS (SELECT FROM lot) AS lot_known,
    EXISTS (SELECT FROM label) AS serial_known,
    CASE WHEN NOT EXISTS (SELECT FROM label) THEN (
        SELECT coalesce(bool_and(coalesce(CASE batch.amount_unit
            WHEN 'packs' THEN listed.packs >= batch.amount AND batch.amount > 0
            WHEN 'vials' THEN listed.vials >= batch.amount AND batch.amount > 0
        END, false)), false)
        FROM batch
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT (p.gtin, p.serial)) AS packs, sum(p.vials) AS vials
            FROM standing.pack AS p
            WHERE p.manufacturer = batch.maker AND p.lot_number = batch.number AND p.step = 'packed'
        ) AS listed
    ) END AS list_complete,
    (SELECT bool_or(lot_number IS DISTINCT FROM :lot_number) FROM label) AS lot_unlike,
    EXISTS (SELECT FROM later WHERE (gtin, serial) <> (:gtin, :serial)) AS relabelled,
    (
        SELECT CASE
            WHEN max(place.latest) <= ends.day THEN false
            WHEN min(place.earliest) > ends.day THEN true
            WHEN bool_or(place.unsure) THEN NULL
            WHEN max(place.latest) > ends.day THEN true
        END
        FROM place
        CROSS JOIN (SELECT least(:expires_on, min(day)) AS day FROM expiry) AS ends
        GROUP BY ends.day
    ) AS expired,
    (SELECT bool_or(day <> :expires_on) FROM expiry) AS expiry_unlike,
    (
        SELECT bool_and(EXISTS (
            SELECT FROM status AS s
            WHERE s.maker = lot.maker AND s.number = lot.number AND s.market = place.jurisdiction AND s.status = 'released'
        ))
        FROM place
        CROSS JOIN lot
    ) AS released,
    CASE WHEN NOT EXISTS (SELECT FROM status WHERE status = 'not kept') THEN ARRAY(
        SELECT DISTINCT s.status
        FROM status AS s
        WHERE s.market IS NULL OR s.market IN (SELECT code FROM market) OR NOT EXISTS (SELECT FROM place)
        ORDER BY 1
    ) END AS statuses,
    CASE WHEN NOT EXISTS (SELECT FROM status WHERE status = 'not kept') THEN EXISTS (
        SELECT FROM status AS s
        WHERE s.status IN ('quarantined', 'recalled') AND s.market NOT IN (SELECT code FROM market WHERE code IS NOT NULL)
    ) END AS stopped_elsewhere,
    -- A word on any of its names is on the pack.
    ARRAY(
        SELECT DISTINCT told FROM named CROSS JOIN LATERAL unnest(judged.pack_status(named.gtin, named.serial, :lot_number, :site)) AS told
    ) AS pack_statuses,
    coalesce((SELECT bool_or(fit = 'no' AND sure) FROM excursion), false)
        OR coalesce((SELECT bool_or(unfit) FROM fate), false) AS unfit,
    EXISTS (SELECT FROM fate WHERE coalesce(kind, 'returned') = 'returned') AS returned,
    -- Of a count of packs it may be another: that is for people to decide, not to be taken for unfit.
    EXISTS (SELECT FROM excursion WHERE fit IS NULL OR fit = 'no' AND NOT sure) AS excursion,
    gone.lost >= greatest(coalesce(pack.holds, 1), 1) AS lost,
    pack.holds AS holds,
    (SELECT coalesce(sum(vials), 0) FROM handed)::integer AS dispensed,
    coalesce((SELECT bool_or(to_patient) FROM handed), false) AS to_patient,
    coalesce((SELECT bool_or(to_others) FROM handed), false) AS to_others,
    CAST(NULL AS boolean) AS to_another,  -- nobody asks for a patient here
    (SELECT coalesce(sum(vials), 0) FROM bagged)::integer AS prepared,
    0 AS in_bag,
    (SELECT coalesce(sum(vials), 0) FROM infused)::integer AS given,
    (gone.ended + CASE WHEN gone.lost >= greatest(coalesce(pack.holds, 1), 1) THEN 0 ELSE gone.lost END)::integer AS ended,
    EXISTS (SELECT FROM way WHERE to_party = :site) AS consigned,
    EXISTS (
        SELECT FROM way
        JOIN standing.delivery AS d USING (from_party, shipment, item)
        WHERE d.to_party = :site AND d.packs IS DISTINCT FROM 0
    ) OR EXISTS (
        SELECT FROM named
        JOIN standing.stock_count AS c
        ON c.serial = named.serial AND (c.gtin = named.gtin OR c.gtin IS NULL)
        WHERE c.party = :site AND c.packs IS DISTINCT FROM 0
    ) OR EXISTS (SELECT FROM handed WHERE pharmacy = :site)
        OR EXISTS (SELECT FROM bagged WHERE site = :site) AS delivered
FROM pack
CROSS JOIN gone
