-- The products that these packs, and the packs of these packed lots, became: {gtin}.
WITH RECURSIVE later (gtin, serial) AS (
    SELECT r.new_gtin, r.new_serial
    FROM unnest(CAST(:packs AS text[])) AS asked (pack)
    JOIN standing.relabelling AS r
        ON r.gtin = split_part(pack, '/', 1) AND r.serial = substr(pack, strpos(pack, '/') + 1)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM standing.relabelling AS r
    JOIN standing.pack AS p ON p.gtin = r.gtin AND p.serial = r.serial
    JOIN lineage.node AS n ON n.maker = p.manufacturer AND n.number = p.lot_number
    WHERE n.node = ANY (CAST(:nodes AS bigint[])) AND n.step = 'packed'
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM later
    JOIN standing.relabelling AS r ON r.gtin = later.gtin AND r.serial = later.serial
)
SELECT DISTINCT gtin FROM later ORDER BY gtin
