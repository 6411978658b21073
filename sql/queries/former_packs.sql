-- Each relabelled pack with every pack that it was before, any number of times. UNION ends at a cycle.
CREATE TEMP TABLE former ON COMMIT DROP AS
WITH RECURSIVE was (gtin, serial, from_gtin, from_serial) AS (
    SELECT new_gtin, new_serial, gtin, serial FROM standing.relabelling
    UNION
    SELECT was.gtin, was.serial, r.gtin, r.serial
    FROM was
    JOIN standing.relabelling AS r ON r.new_gtin = was.from_gtin AND r.new_serial = was.from_serial
)
SELECT gtin, serial, from_gtin, from_serial FROM was
