-- R02: the expiry on a pack's label is that of its lot's batch record.
SELECT
    p.gtin, p.serial,
    CASE
        WHEN p.label_expires_on <> l.expires_on THEN 'finding'
        WHEN p.label_expires_on IS NULL OR l.expires_on IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    l.expires_on::text AS rests_on
FROM scope_pack
JOIN standing.pack AS p USING (gtin, serial)
LEFT JOIN standing.lot AS l
    ON l.manufacturer = p.manufacturer AND l.lot_number = p.lot_number AND l.step = 'packed'
