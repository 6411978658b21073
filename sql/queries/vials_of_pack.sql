-- How many vials a pack holds at most, by its record or one of a pack that it was relabelled from: {vials}; one at least,
-- nothing where that is not known.
WITH RECURSIVE named (gtin, serial) AS (
    SELECT CAST(:gtin AS text), CAST(:serial AS text)
    UNION
    SELECT r.gtin, r.serial
    FROM named
    JOIN standing.relabelling AS r ON r.new_gtin = named.gtin AND r.new_serial = named.serial
)
SELECT CASE WHEN bool_and(coalesce(p.vials, 0) > 0) THEN max(p.vials) END AS vials
FROM named
JOIN standing.pack AS p USING (gtin, serial)
