-- Those of these parties to whom something of these lots was, or may have been, shipped, where it arrived, or who
-- counted, ended or relabelled something of them, or with whom packs of them stand: {party}. Few rows are theirs, and
-- each is looked up by itself: ranges, so that they are sought by the index, however many there may be.
SELECT asked.party
FROM unnest(CAST(:parties AS text[])) AS asked (party)
WHERE asked.party IN (  -- once for all of them: hashed
    SELECT held.holder
    FROM lineage.lot_held AS held
    WHERE held.lot = ANY (CAST(:nodes AS bigint[])) AND held.whereabouts IN ('in transit', 'delivered', 'not delivered', 'in stock')
) OR EXISTS (
    SELECT FROM (
        SELECT s.gtin, s.serial, s.lot_number, s.sscc
        FROM standing.shipment AS s
        WHERE s.to_party BETWEEN asked.party AND asked.party
        UNION ALL
        SELECT s.gtin, s.serial, s.lot_number, s.sscc
        FROM standing.delivery AS d
        CROSS JOIN LATERAL (
            SELECT gtin, serial, lot_number, sscc FROM standing.shipment
            WHERE from_party = d.from_party AND shipment = d.shipment AND item = d.item
            OFFSET 0
        ) AS s
        WHERE d.to_party BETWEEN asked.party AND asked.party
        UNION ALL
        SELECT c.gtin, c.serial, c.lot_number, NULL
        FROM standing.stock_count AS c
        WHERE c.party BETWEEN asked.party AND asked.party
        UNION ALL
        SELECT f.gtin, f.serial, f.lot_number, NULL
        FROM standing.vial_fate AS f
        WHERE f.party BETWEEN asked.party AND asked.party
        UNION ALL
        SELECT label.gtin, label.serial, NULL, NULL
        FROM standing.relabelling AS r
        CROSS JOIN LATERAL (VALUES (r.gtin, r.serial), (r.new_gtin, r.new_serial)) AS label (gtin, serial)
        WHERE r.party BETWEEN asked.party AND asked.party
    ) AS sent
    WHERE
        -- What is in a package may change hands in it unopened: any may hold a pack of theirs.
        sent.sscc IS NOT NULL OR sent.serial IS NULL AND sent.lot_number IS NULL
        OR sent.lot_number IN (SELECT n.number FROM lineage.node AS n WHERE n.node = ANY (CAST(:nodes AS bigint[])))
        OR EXISTS (
            SELECT FROM (
                SELECT manufacturer, lot_number FROM standing.pack
                WHERE gtin = sent.gtin AND serial = sent.serial
                OFFSET 0
            ) AS p
            JOIN lineage.node AS n ON n.maker = p.manufacturer AND n.number = p.lot_number AND n.step = 'packed'
            WHERE n.node = ANY (CAST(:nodes AS bigint[]))
        )
)
ORDER BY asked.party
