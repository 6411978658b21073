-- The packs that this one was relabelled from, directly or through others: {gtin, serial}.
WITH RECURSIVE before (gtin, serial) AS (
    SELECT gtin, serial FROM standing.relabelling WHERE new_gtin = :gtin AND new_serial = :serial
    UNION
    SELECT r.gtin, r.serial
    FROM before
    JOIN standing.relabelling AS r ON r.new_gtin = before.gtin AND r.new_serial = before.serial
)
SELECT gtin, serial FROM before WHERE NOT (gtin = :gtin AND serial = :serial) ORDER BY gtin, serial
