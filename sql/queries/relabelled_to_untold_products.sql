-- Relabellings from a GTIN that a lot or pack tells to one that none does: {key}.
WITH codes AS MATERIALIZED (
    SELECT gtin
    FROM standing.relabelling
    UNION
    SELECT new_gtin
    FROM standing.relabelling
), told AS MATERIALIZED (
    SELECT codes.gtin
    FROM codes
    WHERE codes.gtin IN (SELECT lot.gtin FROM standing.lot AS lot)
        OR EXISTS (SELECT FROM standing.pack AS p WHERE p.gtin = codes.gtin OFFSET 0)
)
SELECT DISTINCT jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial) AS key
FROM standing.relabelling AS r
WHERE r.gtin IN (SELECT gtin FROM told) AND r.new_gtin NOT IN (SELECT gtin FROM told)
ORDER BY key
