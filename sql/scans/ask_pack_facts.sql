-- Facts of one pack at one place and moment, as a code names it; nothing where it cannot be told: lots/decisions/facts.py
-- says of each what it means. In steps that end early: what takes the time of one large statement is the beginning of its
-- parts, and most packs have nothing told but their way. tests/integration/pack_facts_at_once.sql is the same at once.
DECLARE
    -- What is told of a pack may be told under any of its names; and by its serial alone, where no product was told or
    -- none that could be read: of two products that share it either may be meant, and the stop counts.
    gtins text[] := ARRAY[asked_gtin];
    serials text[] := ARRAY[asked_serial];
    earlier_gtins text[] := gtins;
    earlier_serials text[] := serials;
    -- By names whether anything is told of it at all, of accepted versions: those that stand are among them.
    relabelled_from boolean;
    told_once boolean;
    nameless boolean := true;
    boxed boolean := true;
    shipped boolean := true;
    fated boolean := true;
    handed boolean := true;
    bagged boolean := true;
    infused boolean := true;
    stocked boolean := true;
    booked boolean := true;
    packed timestamptz;
    maker text;
    number text;
    makers text[];
    numbers text[];
    label_makers text[];
    label_packed timestamptz[];
    days date[];
    batch_days date[];
    markets text[];
    jurisdictions text[];
    day_latest date;
    day_earliest date;
    day_unsure boolean;
    placed bigint;
    ends date;
    codes text[];
    kept boolean;
    decided boolean;
    boxes text[];
    boxes_packed timestamptz[];
    boxes_unpacked timestamptz[];
    boxes_known integer;
    sent_from text[] := '{}';
    sent_shipments text[] := '{}';
    sent_items integer[] := '{}';
    sent_to text[] := '{}';
    sent_at timestamptz[] := '{}';
    sent_sure boolean[] := '{}';
    counted_from text[];
    counted_shipments text[];
    counted_items integer[];
    counted_to text[];
    counted_at timestamptz[];
    counted_sure boolean[];
    gone_lost bigint := 0;
    gone_ended bigint := 0;
    used_here boolean := false;
    unfit_excursion boolean := false;
BEGIN
    SELECT
        EXISTS (SELECT FROM accepted.relabelling AS r WHERE r.new_gtin = asked_gtin AND r.new_serial = asked_serial),
        EXISTS (SELECT FROM accepted.relabelling AS r WHERE r.gtin = asked_gtin AND r.serial = asked_serial),
        NOT EXISTS (SELECT FROM accepted.pack AS p WHERE p.gtin = asked_gtin AND p.serial = asked_serial AND p.version > 1)
    INTO relabelled_from, relabelled, told_once;

    -- 1. Its names.
    IF relabelled_from OR relabelled THEN
        WITH RECURSIVE earlier (gtin, serial) AS (
            SELECT asked_gtin, asked_serial
            UNION
            SELECT r.gtin, r.serial
            FROM earlier
            JOIN standing.relabelling AS r ON r.new_gtin = earlier.gtin AND r.new_serial = earlier.serial
        ),
        later (gtin, serial) AS (
            SELECT asked_gtin, asked_serial
            UNION
            SELECT r.new_gtin, r.new_serial
            FROM later
            JOIN standing.relabelling AS r ON r.gtin = later.gtin AND r.serial = later.serial
        ),
        named (gtin, serial) AS (
            SELECT gtin, serial FROM earlier
            UNION
            SELECT gtin, serial FROM later
        )
        SELECT
            (SELECT array_agg(gtin) FROM named), (SELECT array_agg(serial) FROM named),
            (SELECT array_agg(gtin) FROM earlier), (SELECT array_agg(serial) FROM earlier),
            EXISTS (SELECT FROM later WHERE (gtin, serial) <> (asked_gtin, asked_serial))
        INTO gtins, serials, earlier_gtins, earlier_serials, relabelled;
        told_once := false;
    ELSE
        SELECT
            EXISTS (SELECT FROM accepted.package_content AS c WHERE c.gtin = asked_gtin AND c.serial = asked_serial)
                OR EXISTS (SELECT FROM accepted.package_content AS c WHERE c.gtin IS NULL AND c.serial = asked_serial),
            EXISTS (SELECT FROM accepted.shipment AS s WHERE s.gtin = asked_gtin AND s.serial = asked_serial)
                OR EXISTS (SELECT FROM accepted.shipment AS s WHERE s.gtin IS NULL AND s.serial = asked_serial),
            EXISTS (SELECT FROM accepted.vial_fate AS f WHERE f.gtin = asked_gtin AND f.serial = asked_serial)
                OR EXISTS (SELECT FROM accepted.vial_fate AS f WHERE f.gtin IS NULL AND f.serial = asked_serial),
            EXISTS (SELECT FROM accepted.dispensing AS d WHERE d.gtin = asked_gtin AND d.serial = asked_serial)
                OR EXISTS (SELECT FROM accepted.dispensing AS d WHERE d.gtin IS NULL AND d.serial = asked_serial),
            EXISTS (SELECT FROM accepted.reconstitution_vial AS v WHERE v.gtin = asked_gtin AND v.serial = asked_serial)
                OR EXISTS (SELECT FROM accepted.reconstitution_vial AS v WHERE v.gtin IS NULL AND v.serial = asked_serial),
            EXISTS (SELECT FROM accepted.administration_vial AS v WHERE v.gtin = asked_gtin AND v.serial = asked_serial)
                OR EXISTS (SELECT FROM accepted.administration_vial AS v WHERE v.gtin IS NULL AND v.serial = asked_serial),
            EXISTS (SELECT FROM accepted.stock_count AS c WHERE c.gtin = asked_gtin AND c.serial = asked_serial)
                OR EXISTS (SELECT FROM accepted.stock_count AS c WHERE c.gtin IS NULL AND c.serial = asked_serial),
            EXISTS (SELECT FROM accepted.shipment AS s WHERE s.gtin IS NULL AND s.serial = asked_serial),
            EXISTS (SELECT FROM scanned.booking AS b WHERE b.gtin = asked_gtin AND b.serial = asked_serial)
        INTO boxed, shipped, fated, handed, bagged, infused, stocked, nameless, booked;
    END IF;

    -- 2. What its maker says of it (of contested versions each), and of its lot.
    IF told_once THEN  -- no list to make of it
        SELECT true, p.lot_number IS DISTINCT FROM asked_lot_number, p.vials, p.packed_at, p.label_expires_on, p.manufacturer, p.lot_number
        INTO serial_known, lot_unlike, holds, packed, ends, maker, number
        FROM standing.pack AS p
        WHERE p.gtin = asked_gtin AND p.serial = asked_serial;
        serial_known := coalesce(serial_known, false);
        days := ARRAY[ends];
        label_makers := ARRAY[maker];
        label_packed := ARRAY[packed];
        IF maker IS NOT NULL AND number IS NOT NULL THEN
            makers := label_makers;
            numbers := ARRAY[number];
        END IF;
    ELSE
        SELECT
            count(*) > 0, bool_or(p.lot_number IS DISTINCT FROM asked_lot_number), min(p.vials), min(p.packed_at),
            array_agg(p.label_expires_on) FILTER (WHERE p.label_expires_on IS NOT NULL),
            array_agg(p.manufacturer) FILTER (WHERE p.manufacturer IS NOT NULL AND p.lot_number IS NOT NULL),
            array_agg(p.lot_number) FILTER (WHERE p.manufacturer IS NOT NULL AND p.lot_number IS NOT NULL),
            array_agg(p.manufacturer), array_agg(p.packed_at)
        INTO serial_known, lot_unlike, holds, packed, days, makers, numbers, label_makers, label_packed
        FROM unnest(earlier_gtins, earlier_serials) AS earlier (gtin, serial)
        JOIN standing.pack AS p USING (gtin, serial);
    END IF;

    IF NOT serial_known THEN
        -- Of a serial that is not known the code's own lot, whoever made it.
        SELECT array_agg(of_code.maker), array_agg(of_code.number)
        INTO makers, numbers
        FROM (
            SELECT l.manufacturer AS maker, l.lot_number AS number
            FROM standing.lot AS l
            WHERE l.lot_number = asked_lot_number AND l.step = 'packed' AND coalesce(l.gtin = asked_gtin, true)
            UNION
            SELECT n.maker, n.number
            FROM lineage.node AS n
            WHERE n.number = asked_lot_number AND n.step = 'packed' AND EXISTS (
                SELECT FROM standing.pack AS p
                WHERE p.manufacturer = n.maker AND p.lot_number = n.number AND p.step = n.step AND p.gtin = asked_gtin
            )
        ) AS of_code;
        list_complete := false;
        IF makers IS NOT NULL THEN
            SELECT coalesce(bool_and(coalesce(CASE l.amount_unit
                WHEN 'packs' THEN listed.packs >= l.amount AND l.amount > 0
                WHEN 'vials' THEN listed.vials >= l.amount AND l.amount > 0
            END, false)), false)
            INTO list_complete
            FROM unnest(makers, numbers) AS lot (maker, number)
            JOIN standing.lot AS l ON l.manufacturer = lot.maker AND l.lot_number = lot.number AND l.step = 'packed'
            CROSS JOIN LATERAL (
                SELECT count(DISTINCT (p.gtin, p.serial)) AS packs, sum(p.vials) AS vials
                FROM standing.pack AS p
                WHERE p.manufacturer = l.manufacturer AND p.lot_number = l.lot_number AND p.step = 'packed'
            ) AS listed;
        END IF;
    END IF;
    lot_known := makers IS NOT NULL;
    -- In the order of the index: where one product has nearly all packs, whether there is any of another is sought in all.
    product_known := lot_known
        OR coalesce((SELECT true FROM accepted.pack AS p WHERE p.gtin = asked_gtin ORDER BY p.serial LIMIT 1), false)
        OR EXISTS (SELECT FROM accepted.product AS p WHERE p.gtin = asked_gtin);
    IF cardinality(makers) = 1 THEN
        SELECT array_agg(l.market), array_agg(l.expires_on)
        INTO markets, batch_days
        FROM standing.lot AS l
        WHERE l.manufacturer = makers[1] AND l.lot_number = numbers[1] AND l.step = 'packed';
    ELSIF lot_known THEN
        SELECT array_agg(l.market), array_agg(l.expires_on)
        INTO markets, batch_days
        FROM unnest(makers, numbers) AS lot (maker, number)
        JOIN standing.lot AS l ON l.manufacturer = lot.maker AND l.lot_number = lot.number AND l.step = 'packed';
    END IF;

    -- 3. Its last day, by the calendar of the place; where no zone is told, its day lies between those of the two ends of
    -- the earth.
    SELECT
        count(*), array_agg(p.jurisdiction), bool_or(p.zone IS NULL),
        max((asked_at AT TIME ZONE coalesce(p.zone, 'Etc/GMT-14'))::date),
        min((asked_at AT TIME ZONE coalesce(p.zone, 'Etc/GMT+12'))::date)
    INTO placed, jurisdictions, day_unsure, day_latest, day_earliest
    FROM lineage.place AS p
    WHERE p.party = asked_site;
    SELECT least(asked_expires_on, min(day)), bool_or(day <> asked_expires_on)
    INTO ends, expiry_unlike
    FROM unnest(days || batch_days) AS day;
    expired := CASE
        WHEN day_latest <= ends THEN false
        WHEN day_earliest > ends THEN true
        WHEN day_unsure THEN NULL
        WHEN day_latest > ends THEN true
    END;

    -- 4. What decisions say of its lots, and of itself.
    codes := coalesce(array_remove(jurisdictions || markets, NULL), '{}');
    IF cardinality(makers) = 1 AND placed = 1 THEN
        SELECT
            NOT coalesce(bool_or(s.status = 'not kept'), false),
            array_agg(DISTINCT s.status) FILTER (WHERE s.market IS NULL OR s.market = ANY (codes)),
            coalesce(bool_or(s.status IN ('quarantined', 'recalled') AND s.market <> ALL (codes)), false),
            coalesce(bool_or(s.status = 'released' AND s.market = jurisdictions[1]), false)
        INTO kept, statuses, stopped_elsewhere, released
        FROM judged.lot_status(makers[1], numbers[1], asked_site) AS s;
        statuses := coalesce(statuses, '{}');
    ELSE
        SELECT
            NOT coalesce(bool_or(s.status = 'not kept'), false),
            coalesce(array_agg(DISTINCT s.status ORDER BY s.status) FILTER (
                WHERE s.market IS NULL OR s.market = ANY (codes) OR placed = 0
            ), '{}'),
            coalesce(bool_or(s.status IN ('quarantined', 'recalled') AND s.market <> ALL (codes)), false),
            -- In each of its lots' and of the place's markets; of no place or of no lot nobody can tell.
            CASE WHEN placed > 0 AND lot_known THEN
                count(DISTINCT (lot.maker, lot.number, s.market)) FILTER (
                    WHERE s.status = 'released' AND s.market = ANY (jurisdictions)
                ) = (SELECT count(DISTINCT (maker, number)) FROM unnest(makers, numbers) AS own (maker, number))
                    * (SELECT count(DISTINCT coalesce(market, '')) FROM unnest(jurisdictions) AS here (market))
            END
        INTO kept, statuses, stopped_elsewhere, released
        FROM unnest(makers, numbers) AS lot (maker, number)
        CROSS JOIN LATERAL judged.lot_status(lot.maker, lot.number, asked_site) AS s;
    END IF;
    IF NOT kept THEN
        statuses := NULL;
        stopped_elsewhere := NULL;
    END IF;
    IF cardinality(serials) = 1 THEN
        -- Whether anything was ever decided that may be of it: of most packs nothing was.
        SELECT
            EXISTS (
                SELECT FROM judged.disposition AS d
                WHERE d.thing = 'pack' AND d.key = jsonb_build_array(asked_gtin, asked_serial)
            )
            OR EXISTS (SELECT FROM judged.disposition AS d WHERE d.packs @> ARRAY[asked_gtin || '/' || asked_serial])
            OR EXISTS (SELECT FROM judged.disposition AS d WHERE d.thing = 'shipment')
        INTO decided;
        pack_statuses := CASE
            WHEN decided THEN judged.pack_status(asked_gtin, asked_serial, asked_lot_number, asked_site)
            ELSE '{}'
        END;
    ELSE  -- a word on any of its names is on the pack
        pack_statuses := ARRAY(
            SELECT DISTINCT told
            FROM unnest(gtins, serials) AS named (gtin, serial)
            CROSS JOIN LATERAL unnest(judged.pack_status(named.gtin, named.serial, asked_lot_number, asked_site)) AS told
        );
    END IF;

    -- 5. Its way: the packages that it was in, since and until when, and their shipments.
    IF boxed THEN
        SELECT array_agg(c.sscc), array_agg(c.packed_at), array_agg(c.unpacked_at)
        INTO boxes, boxes_packed, boxes_unpacked
        FROM unnest(gtins, serials) AS named (gtin, serial)
        JOIN standing.package_content AS c
            ON c.serial = named.serial AND (c.gtin = named.gtin OR c.gtin IS NULL);
        -- The packages that these are in, until there is none that is not known: packages may be told in a ring.
        LOOP
            SELECT boxes || array_agg(more.sscc), boxes_packed || array_agg(more.since), boxes_unpacked || array_agg(more.until)
            INTO boxes, boxes_packed, boxes_unpacked
            FROM (
                SELECT c.sscc, greatest(box.since, c.packed_at) AS since, least(box.until, c.unpacked_at) AS until
                FROM unnest(boxes, boxes_packed, boxes_unpacked) AS box (sscc, since, until)
                JOIN standing.package_content AS c ON c.child_sscc = box.sscc
                EXCEPT
                SELECT box.sscc, box.since, box.until
                FROM unnest(boxes, boxes_packed, boxes_unpacked) AS box (sscc, since, until)
            ) AS more;
            EXIT WHEN cardinality(boxes) IS NOT DISTINCT FROM boxes_known;
            boxes_known := cardinality(boxes);
        END LOOP;
    END IF;
    IF cardinality(boxes) > 0 THEN
        SELECT
            coalesce(array_agg(from_party), '{}'), coalesce(array_agg(shipment), '{}'), coalesce(array_agg(item), '{}'),
            coalesce(array_agg(to_party), '{}'), coalesce(array_agg(shipped_at), '{}'), coalesce(array_agg(true), '{}')
        INTO sent_from, sent_shipments, sent_items, sent_to, sent_at, sent_sure
        FROM (
            SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
            FROM unnest(gtins, serials) AS named (gtin, serial)
            JOIN standing.shipment AS s
                ON s.serial = named.serial AND (s.gtin = named.gtin OR s.gtin IS NULL)
            UNION
            SELECT s.from_party, s.shipment, s.item, s.to_party, s.shipped_at
            FROM unnest(boxes, boxes_packed, boxes_unpacked) AS box (sscc, since, until)
            JOIN standing.shipment AS s ON s.sscc = box.sscc AND s.serial IS NULL
            WHERE coalesce(s.shipped_at >= box.since, true) AND coalesce(s.shipped_at <= box.until, true)
        ) AS sent;
    ELSIF shipped AND NOT nameless THEN
        SELECT
            coalesce(array_agg(s.from_party), '{}'), coalesce(array_agg(s.shipment), '{}'), coalesce(array_agg(s.item), '{}'),
            coalesce(array_agg(s.to_party), '{}'), coalesce(array_agg(s.shipped_at), '{}'), coalesce(array_agg(true), '{}')
        INTO sent_from, sent_shipments, sent_items, sent_to, sent_at, sent_sure
        FROM standing.shipment AS s
        WHERE s.gtin = asked_gtin AND s.serial = asked_serial;
    ELSIF shipped THEN
        SELECT
            coalesce(array_agg(s.from_party), '{}'), coalesce(array_agg(s.shipment), '{}'), coalesce(array_agg(s.item), '{}'),
            coalesce(array_agg(s.to_party), '{}'), coalesce(array_agg(s.shipped_at), '{}'), coalesce(array_agg(true), '{}')
        INTO sent_from, sent_shipments, sent_items, sent_to, sent_at, sent_sure
        FROM unnest(gtins, serials) AS named (gtin, serial)
        JOIN standing.shipment AS s
            ON s.serial = named.serial AND (s.gtin = named.gtin OR s.gtin IS NULL);
    END IF;
    consigned := coalesce(asked_site = ANY (sent_to), false);
    IF lot_known AND NOT consigned THEN  -- where no line names it, those that count packs of its lot to this place
        SELECT
            coalesce(array_agg(s.from_party), '{}'), coalesce(array_agg(s.shipment), '{}'), coalesce(array_agg(s.item), '{}'),
            coalesce(array_agg(s.to_party), '{}'), coalesce(array_agg(s.shipped_at), '{}'), coalesce(array_agg(false), '{}')
        INTO counted_from, counted_shipments, counted_items, counted_to, counted_at, counted_sure
        FROM unnest(numbers) AS lot (number)
        JOIN standing.shipment AS s ON s.lot_number = lot.number
        WHERE s.serial IS NULL AND s.sscc IS NULL AND s.to_party = asked_site AND coalesce(s.gtin = asked_gtin, true);
        consigned := cardinality(counted_to) > 0;
        sent_from := sent_from || counted_from;
        sent_shipments := sent_shipments || counted_shipments;
        sent_items := sent_items || counted_items;
        sent_to := sent_to || counted_to;
        sent_at := sent_at || counted_at;
        sent_sure := sent_sure || counted_sure;
    END IF;

    -- 6. Times out of limits: on its way, or at a place while it was there.
    excursion := false;
    IF EXISTS (
        SELECT FROM accepted.excursion AS e
        WHERE e.party = ANY (sent_to || sent_from || label_makers) AND e.shipment IS NULL
    ) OR EXISTS (
        SELECT FROM unnest(sent_from, sent_shipments) AS way (from_party, shipment)
        JOIN accepted.excursion AS e USING (from_party, shipment)
    ) THEN
        WITH way AS (
            SELECT from_party, shipment, to_party, shipped_at, sure
            FROM unnest(sent_from, sent_shipments, sent_to, sent_at, sent_sure)
                AS way (from_party, shipment, to_party, shipped_at, sure)
        ),
        stay (party, since, until, sure) AS (
            SELECT way.to_party, way.shipped_at, (
                SELECT min(next.shipped_at) FROM way AS next
                WHERE next.sure AND next.from_party = way.to_party AND next.shipped_at > way.shipped_at
            ), way.sure
            FROM way
            UNION ALL
            SELECT way.from_party, packed, way.shipped_at, true
            FROM way
            WHERE way.sure AND NOT EXISTS (
                SELECT FROM way AS before WHERE before.sure AND before.to_party = way.from_party
            )
            UNION ALL
            SELECT label.maker, label.packed_at, NULL, true
            FROM unnest(label_makers, label_packed) AS label (maker, packed_at)
            WHERE NOT EXISTS (SELECT FROM way)
        ),
        found (fit, sure) AS (
            SELECT e.fit, way.sure
            FROM way
            JOIN standing.excursion AS e USING (from_party, shipment)
            UNION ALL
            SELECT e.fit, stay.sure
            FROM stay
            JOIN standing.excursion AS e ON e.party = stay.party AND e.shipment IS NULL
            WHERE coalesce(e.began_at <= stay.until, true) AND coalesce(e.ended_at >= stay.since, true)
        )
        SELECT
            coalesce(bool_or(fit = 'no' AND sure), false),
            -- Of a count of packs it may be another: that is for people to decide, not to be taken for unfit.
            coalesce(bool_or(fit IS NULL OR fit = 'no' AND NOT sure), false)
        INTO unfit_excursion, excursion
        FROM found;
    END IF;

    -- 7. What became of it: what is not counted is all of it, no pack holds more than a thousand (P06.vials).
    unfit := unfit_excursion;
    returned := false;
    IF fated THEN
        WITH fate AS (
            SELECT f.kind, bool_or(f.fit = 'no') AS unfit, max(coalesce(f.vials, 1000)) AS vials
            FROM unnest(gtins, serials) AS named (gtin, serial)
            JOIN standing.vial_fate AS f
                ON f.serial = named.serial AND (f.gtin = named.gtin OR f.gtin IS NULL)
            GROUP BY f.party, f.fate, f.kind
        )
        SELECT
            unfit_excursion OR coalesce(bool_or(fate.unfit), false),
            coalesce(bool_or(coalesce(fate.kind, 'returned') = 'returned'), false),
            coalesce(sum(fate.vials) FILTER (WHERE fate.kind = 'lost'), 0),
            coalesce(sum(fate.vials) FILTER (WHERE fate.kind IN ('destroyed', 'wasted')), 0)
        INTO unfit, returned, gone_lost, gone_ended
        FROM fate;
    END IF;
    -- What was booked as given in error, and truly was wasted or is lost.
    IF booked THEN
        SELECT
            gone_lost + coalesce(sum(b.vials) FILTER (WHERE b.went = 'lost'), 0),
            gone_ended + coalesce(sum(b.vials) FILTER (WHERE b.went = 'wasted'), 0)
        INTO gone_lost, gone_ended
        FROM unnest(gtins, serials) AS named (gtin, serial)
        JOIN scanned.booking AS b USING (gtin, serial);
    END IF;
    lost := gone_lost >= greatest(coalesce(holds, 1), 1);
    ended := gone_ended + CASE WHEN lost THEN 0 ELSE gone_lost END;

    -- 8. What was handed out of it, put into bags and given; of contested versions the most vials count. What was booked
    -- after a scan and a file's row of the same pack, site and purpose are one event: of both the more counts, but for
    -- rows of before the first booking, which tell of vials that nobody booked.
    dispensed := 0;
    to_patient := false;
    to_others := false;
    to_another := CASE WHEN asked_patient IS NOT NULL THEN false END;
    prepared := 0;
    in_bag := 0;
    given := 0;
    IF handed OR bagged OR infused OR booked THEN
        WITH named (gtin, serial) AS (
            SELECT gtin, serial FROM unnest(gtins, serials) AS named (gtin, serial)
        ),
        own AS (
            SELECT b.kind, b.site, b.vials, b.at, b.to_kind, b.patient, b.preparation
            FROM named
            JOIN scanned.booking AS b USING (gtin, serial)
            WHERE b.kind <> 'undone' AND NOT EXISTS (
                SELECT FROM scanned.booking AS u WHERE u.undoes = b.booking AND u.went IS DISTINCT FROM 'given'
            )
        ),
        told AS (
            SELECT
                d.pharmacy, max(coalesce(d.vials, 1)) AS vials, min(d.dispensed_at) AS at,
                bool_or(d.to_kind IS NULL OR d.to_kind = 'patient') AS to_patient,
                bool_or(d.to_kind IN ('ward', 'home')) AS to_others,
                array_agg(d.patient_key) FILTER (WHERE d.to_kind IS NULL OR d.to_kind = 'patient') AS patients
            FROM named
            JOIN standing.dispensing AS d
                ON d.serial = named.serial AND (d.gtin = named.gtin OR d.gtin IS NULL)
            GROUP BY d.pharmacy, d.dispensing
        ),
        bag AS (
            SELECT v.site, v.preparation, v.item, max(coalesce(v.vials, 1)) AS vials, min(r.started_at) AS at
            FROM named
            JOIN standing.reconstitution_vial AS v
                ON v.serial = named.serial AND (v.gtin = named.gtin OR v.gtin IS NULL)
            LEFT JOIN standing.reconstitution AS r USING (site, preparation)
            GROUP BY v.site, v.preparation, v.item
        ),
        drip AS (
            SELECT v.site, max(coalesce(v.vials, 1)) AS vials, min(a.started_at) AS at
            FROM named
            JOIN standing.administration_vial AS v
                ON v.serial = named.serial AND (v.gtin = named.gtin OR v.gtin IS NULL)
            LEFT JOIN standing.administration AS a USING (site, administration)
            WHERE a.status IS DISTINCT FROM 'not_given'
            GROUP BY v.site, v.administration, v.item
            UNION ALL
            -- An infusion that names its bag alone gave what was in it.
            SELECT bag.site, bag.vials, bag.at
            FROM bag
            WHERE EXISTS (
                SELECT FROM standing.administration_vial AS v
                LEFT JOIN standing.administration AS a USING (site, administration)
                WHERE v.site = bag.site AND v.preparation = bag.preparation AND v.serial IS NULL AND v.lot_number IS NULL
                    AND a.status IS DISTINCT FROM 'not_given'
            )
        ),
        used (kind, site, vials, at, booked) AS (
            SELECT 'dispensed', told.pharmacy, told.vials, told.at, false FROM told
            UNION ALL
            SELECT 'prepared', bag.site, bag.vials, bag.at, false FROM bag
            UNION ALL
            SELECT 'given', drip.site, drip.vials, drip.at, false FROM drip
            UNION ALL
            SELECT own.kind, own.site, own.vials, own.at, true FROM own
        ),
        event AS (
            SELECT used.kind, used.site, used.vials, used.booked, coalesce(used.at >= min(used.at) FILTER (
                WHERE used.booked
            ) OVER (PARTITION BY used.kind, used.site) - interval '1 day', false) AS same
            FROM used
        ),
        counted AS (
            SELECT
                event.kind,
                coalesce(sum(event.vials) FILTER (WHERE NOT event.booked AND NOT event.same), 0) + greatest(
                    coalesce(sum(event.vials) FILTER (WHERE event.booked), 0),
                    coalesce(sum(event.vials) FILTER (WHERE NOT event.booked AND event.same), 0)
                ) AS vials
            FROM event
            GROUP BY event.kind, event.site
        ),
        whose (to_kind, patient) AS (
            SELECT own.to_kind, own.patient FROM own WHERE own.kind = 'dispensed'
            UNION ALL
            SELECT 'patient', patient FROM told CROSS JOIN unnest(told.patients) AS patient
        ),
        other (known) AS (  -- patients beside the one that is asked for; not known: whether it is one
            SELECT whose.patient IS NOT NULL
            FROM whose
            WHERE whose.to_kind = 'patient' AND whose.patient IS DISTINCT FROM asked_patient AND NOT EXISTS (
                SELECT FROM lineage.person AS one
                JOIN lineage.person AS same USING (kind, person)
                WHERE one.kind = 'patient' AND one.key = whose.patient AND same.key = asked_patient
            )
        )
        SELECT
            coalesce((SELECT sum(vials) FROM counted WHERE kind = 'dispensed'), 0),
            coalesce((SELECT sum(vials) FROM counted WHERE kind = 'prepared'), 0),
            coalesce((SELECT sum(vials) FROM counted WHERE kind = 'given'), 0),
            coalesce((SELECT bool_or(told.to_patient) FROM told), false) OR EXISTS (SELECT FROM whose WHERE to_kind = 'patient'),
            coalesce((SELECT bool_or(told.to_others) FROM told), false)
                OR EXISTS (SELECT FROM whose WHERE to_kind IN ('ward', 'home')),
            CASE
                WHEN asked_patient IS NULL THEN NULL
                WHEN EXISTS (SELECT FROM other WHERE known) THEN true
                WHEN EXISTS (SELECT FROM other) THEN NULL
                ELSE false
            END,
            greatest(
                coalesce((SELECT sum(vials) FROM own WHERE kind = 'prepared' AND site = asked_site AND preparation = asked_bag), 0),
                coalesce((SELECT sum(vials) FROM bag WHERE site = asked_site AND preparation = asked_bag), 0)
            ),
            returned OR EXISTS (SELECT FROM own WHERE kind = 'returned'),
            EXISTS (SELECT FROM used WHERE site = asked_site AND kind IN ('received', 'dispensed', 'prepared'))
        INTO dispensed, prepared, given, to_patient, to_others, to_another, in_bag, returned, used_here
        FROM (VALUES (1)) AS one;
    END IF;

    -- 9. Whether it came here.
    delivered := used_here OR cardinality(sent_from) > 0 AND EXISTS (
        SELECT FROM unnest(sent_from, sent_shipments, sent_items) AS way (from_party, shipment, item)
        JOIN standing.delivery AS d USING (from_party, shipment, item)
        WHERE d.to_party = asked_site AND d.packs IS DISTINCT FROM 0
    ) OR stocked AND EXISTS (
        SELECT FROM unnest(gtins, serials) AS named (gtin, serial)
        JOIN standing.stock_count AS c
            ON c.serial = named.serial AND (c.gtin = named.gtin OR c.gtin IS NULL)
        WHERE c.party = asked_site AND c.packs IS DISTINCT FROM 0
    );
END
