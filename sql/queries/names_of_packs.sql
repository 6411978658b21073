-- What these packs became, and were before, with these packs themselves: {gtin, serial}.
WITH RECURSIVE named (gtin, serial) AS MATERIALIZED (
    SELECT split_part(pack, '/', 1), substr(pack, strpos(pack, '/') + 1) FROM unnest(CAST(:packs AS text[])) AS asked (pack)
),
later (gtin, serial) AS (
    SELECT gtin, serial FROM named
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM later
    JOIN standing.relabelling AS r ON r.gtin = later.gtin AND r.serial = later.serial
),
earlier (gtin, serial) AS (
    SELECT gtin, serial FROM named
    UNION
    SELECT r.gtin, r.serial
    FROM earlier
    JOIN standing.relabelling AS r ON r.new_gtin = earlier.gtin AND r.new_serial = earlier.serial
)
SELECT gtin, serial FROM later
UNION
SELECT gtin, serial FROM earlier
ORDER BY gtin, serial
