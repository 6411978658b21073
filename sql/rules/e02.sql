-- E02: nothing happens to a pack before it is packed, and a pack of one vial is not shipped after it was dispensed.
WITH moved AS (
    SELECT s.gtin, s.serial, min(s.shipped_at) AS first_at, 
        max(s.shipped_at) FILTER (WHERE s.kind <> 'return') AS last_at
    FROM scope_pack
    JOIN standing.shipment AS s USING (gtin, serial)
    GROUP BY s.gtin, s.serial
),
dispensed AS (
    SELECT d.gtin, d.serial, min(d.dispensed_at) AS first_at
    FROM scope_pack
    JOIN standing.dispensing AS d USING (gtin, serial)
    GROUP BY d.gtin, d.serial
)
SELECT
    p.gtin, p.serial,
    CASE
        WHEN moved.serial IS NULL AND dispensed.serial IS NULL THEN 'not_applicable'
        WHEN least(moved.first_at, dispensed.first_at) < p.packed_at THEN 'finding'
        WHEN p.vials = 1 AND moved.last_at > dispensed.first_at THEN 'finding'
        WHEN p.packed_at IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome
FROM scope_pack
JOIN standing.pack AS p USING (gtin, serial)
LEFT JOIN moved USING (gtin, serial)
LEFT JOIN dispensed USING (gtin, serial)
