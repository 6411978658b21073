-- Every name of a pack: its own, those that it was relabelled from and to, directly or through others: {gtin, serial}.
WITH RECURSIVE earlier (gtin, serial) AS (
    SELECT CAST(:gtin AS text), CAST(:serial AS text)
    UNION
    SELECT r.gtin, r.serial
    FROM earlier
    JOIN standing.relabelling AS r ON r.new_gtin = earlier.gtin AND r.new_serial = earlier.serial
),
later (gtin, serial) AS (
    SELECT CAST(:gtin AS text), CAST(:serial AS text)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM later
    JOIN standing.relabelling AS r ON r.gtin = later.gtin AND r.serial = later.serial
)
SELECT gtin, serial FROM earlier
UNION
SELECT gtin, serial FROM later
ORDER BY gtin, serial
