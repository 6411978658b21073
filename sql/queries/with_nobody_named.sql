-- Whether somebody who is not named has, or may have, packs of these lots: {there}.
WITH RECURSIVE sent AS (
    SELECT s.gtin, s.serial, s.lot_number, s.sscc
    FROM standing.shipment AS s
    WHERE s.to_party IS NULL AND NOT EXISTS (
        SELECT FROM standing.delivery AS d
        WHERE d.from_party = s.from_party AND d.shipment = s.shipment AND d.item = s.item AND d.to_party IS NOT NULL
    )
    UNION ALL
    SELECT s.gtin, s.serial, s.lot_number, s.sscc  -- where it arrived nobody knows, whomever it was sent to
    FROM standing.delivery AS d
    JOIN standing.shipment AS s USING (from_party, shipment, item)
    WHERE d.to_party IS NULL AND coalesce(d.packs, 1) > 0
),
box (sscc) AS (
    SELECT sscc FROM sent WHERE sscc IS NOT NULL AND serial IS NULL
    UNION
    SELECT c.child_sscc
    FROM box
    JOIN standing.package_content AS c USING (sscc)
    WHERE c.child_sscc IS NOT NULL
),
by_count (number) AS (
    SELECT lot_number FROM sent WHERE serial IS NULL OR gtin IS NULL
    UNION ALL
    SELECT c.lot_number
    FROM box
    JOIN standing.package_content AS c USING (sscc)
    WHERE c.serial IS NULL OR c.gtin IS NULL
)
SELECT EXISTS (
    SELECT FROM lineage.lot_held AS h
    WHERE h.lot = ANY (CAST(:nodes AS bigint[])) AND h.holder = '?' AND h.whereabouts <> 'relabelled'
) OR EXISTS (
    SELECT FROM by_count
    JOIN lineage.node AS n ON n.number = by_count.number AND n.step = 'packed'
    WHERE n.node = ANY (CAST(:nodes AS bigint[]))
) AS there
