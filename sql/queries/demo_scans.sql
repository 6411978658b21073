-- Packs worth scanning: {gtin, serial, lot_number, expires_on, maker, site, market}: at a pharmacy, in date, of lots about
-- which nobody has decided anything; a few of each lot.
WITH there AS (
    SELECT
        c.gtin, c.serial, p.lot_number, p.label_expires_on AS expires_on, p.manufacturer AS maker, c.holder AS site,
        place.jurisdiction AS market,
        row_number() OVER (PARTITION BY p.manufacturer, p.lot_number ORDER BY c.gtin, c.serial) AS turn
    FROM lineage.custody AS c
    JOIN standing.pack AS p USING (gtin, serial)
    JOIN standing.party AS place ON place.party_id = c.holder AND place.kind = 'pharmacy'
    WHERE c.whereabouts = 'delivered' AND p.label_expires_on > CAST(:day AS date) AND place.jurisdiction IS NOT NULL
        AND p.manufacturer IS NOT NULL AND p.lot_number IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM judged.disposition AS d
            WHERE d.thing = 'lot' AND d.key = jsonb_build_array(p.manufacturer, p.lot_number)
        )
)
SELECT gtin, serial, lot_number, expires_on, maker, site, market
FROM there
WHERE turn <= 5
ORDER BY turn, maker, lot_number
LIMIT 100
