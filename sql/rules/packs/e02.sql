-- E02: nothing happens to a pack before it is packed, and a pack of one vial is not shipped after it was dispensed.
WITH moved AS (
    SELECT
        gtin, serial, min(at) AS first_at, min(at) FILTER (WHERE told = 'dispensed') AS dispensed_at,
        max(at) FILTER (WHERE told = 'shipped') AS shipped_at
    FROM fact_pack_line
    WHERE told IN ('shipped', 'moved', 'sent back', 'dispensed', 'prepared', 'given', 'given by preparation')
    GROUP BY gtin, serial
)
SELECT
    p.gtin, p.serial,
    CASE
        WHEN moved.serial IS NULL THEN 'not_applicable'
        WHEN moved.first_at < p.packed_at THEN 'finding'
        WHEN p.vials = 1 AND moved.shipped_at > moved.dispensed_at THEN 'finding'
        WHEN p.packed_at IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', moved.first_at, moved.dispensed_at, moved.shipped_at) AS rests_on
FROM scope_pack
JOIN standing.pack AS p USING (gtin, serial)
LEFT JOIN moved USING (gtin, serial)
