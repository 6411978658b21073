-- What is stopped at a place now: lots by their number, whatever product is told of them, and packs by every name that
-- they had or got. What is known of a pack beside decisions is not among it, nor what stops in other markets alone.
BEGIN
    RETURN QUERY
    WITH RECURSIVE lot (maker, number) AS (
        SELECT e.key ->> 0, e.key ->> 1 FROM judged.in_effect AS e WHERE e.thing = 'lot'
        UNION
        SELECT below.maker, below.number
        FROM judged.in_effect AS e
        JOIN lineage.node AS above ON e.key = jsonb_build_array(above.maker, above.number, above.step)
        JOIN lineage.closure AS c ON c.ancestor = above.node
        JOIN lineage.node AS below ON below.node = c.descendant
        WHERE e.thing = 'intermediate' AND below.step = 'packed'
    ),
    aside AS (  -- what a site put aside, with all that is told to be in it
        SELECT s.gtin, s.serial, s.sscc, s.lot_number
        FROM judged.in_effect AS e
        JOIN standing.shipment AS s ON s.from_party = e.key ->> 0 AND s.shipment = e.key ->> 1
        WHERE e.thing = 'shipment'
    ),
    crate (sscc) AS (
        SELECT a.sscc FROM aside AS a WHERE a.sscc IS NOT NULL
        UNION
        SELECT c.child_sscc FROM crate JOIN standing.package_content AS c USING (sscc) WHERE c.child_sscc IS NOT NULL
    ),
    inside (gtin, serial) AS (
        SELECT a.gtin, a.serial FROM aside AS a WHERE a.serial IS NOT NULL
        UNION
        SELECT c.gtin, c.serial FROM crate JOIN standing.package_content AS c USING (sscc) WHERE c.serial IS NOT NULL
    ),
    here (market) AS (
        SELECT p.jurisdiction FROM lineage.place AS p WHERE p.party = asked_site
    ),
    pack (gtin, serial) AS (
        SELECT e.key ->> 0, e.key ->> 1 FROM judged.in_effect AS e WHERE e.thing = 'pack'
        UNION
        SELECT split_part(named, '/', 1), substr(named, strpos(named, '/') + 1)
        FROM judged.in_effect AS e
        CROSS JOIN LATERAL unnest(e.packs) AS named
        WHERE e.thing = 'lot'
        UNION
        SELECT i.gtin, i.serial FROM inside AS i WHERE i.gtin IS NOT NULL
        UNION
        -- Where a row tells no product, each that has such a serial.
        SELECT p.gtin, p.serial FROM inside AS i JOIN standing.pack AS p ON p.serial = i.serial WHERE i.gtin IS NULL
    ),
    named (gtin, serial) AS (
        SELECT pack.gtin, pack.serial
        FROM pack
        WHERE 'stopped' = ANY (judged.pack_status(pack.gtin, pack.serial, NULL, asked_site))
        UNION
        SELECT other.gtin, other.serial
        FROM named
        JOIN LATERAL (
            SELECT r.new_gtin, r.new_serial FROM standing.relabelling AS r
            WHERE r.gtin = named.gtin AND r.serial = named.serial
            UNION ALL
            SELECT r.gtin, r.serial FROM standing.relabelling AS r
            WHERE r.new_gtin = named.gtin AND r.new_serial = named.serial
        ) AS other (gtin, serial) ON true
    )
    SELECT DISTINCT 'lot', lot.number, NULL::text
    FROM lot
    CROSS JOIN LATERAL judged.lot_status(lot.maker, lot.number, asked_site) AS s
    WHERE s.status IN ('quarantined', 'recalled') AND (
        s.market IS NULL OR NOT EXISTS (SELECT FROM here) OR s.market IN (SELECT here.market FROM here) OR s.market IN (
            SELECT l.market FROM standing.lot AS l
            WHERE l.manufacturer = lot.maker AND l.lot_number = lot.number AND l.step = 'packed'
        )
    )
    UNION
    -- Of a shipment that counts packs each of their lot is stopped, and here all of its number.
    SELECT 'lot', a.lot_number, NULL
    FROM aside AS a
    WHERE a.serial IS NULL AND a.sscc IS NULL AND a.lot_number IS NOT NULL
    UNION
    SELECT 'pack', named.gtin, named.serial FROM named
    ORDER BY 1, 2, 3;
END
