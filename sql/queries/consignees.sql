-- Those of these parties to whom something of these lots was, or may have been, shipped: {party}.
SELECT asked.party
FROM unnest(CAST(:parties AS text[])) AS asked (party)
WHERE EXISTS (
    SELECT FROM standing.shipment AS s
    WHERE s.to_party = asked.party AND (
        -- What is in a package may change hands in it unopened: any may hold a pack of theirs.
        s.sscc IS NOT NULL OR s.serial IS NULL AND s.lot_number IS NULL
        OR s.lot_number IN (SELECT n.number FROM lineage.node AS n WHERE n.node = ANY (CAST(:nodes AS bigint[])))
        OR EXISTS (
            SELECT FROM standing.pack AS p
            JOIN lineage.node AS n ON n.maker = p.manufacturer AND n.number = p.lot_number AND n.step = 'packed'
            WHERE p.gtin = s.gtin AND p.serial = s.serial AND n.node = ANY (CAST(:nodes AS bigint[]))
        )
    )
)
ORDER BY asked.party
