-- Relabellings to a label of which no pack record came: {key}. It may be written wrong, and be any pack's.
SELECT DISTINCT jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial) AS key
FROM standing.relabelling AS r
WHERE NOT EXISTS (  -- looked up one by one: few are relabelled of all that is packed
    SELECT FROM standing.pack AS p WHERE p.gtin = r.new_gtin AND p.serial = r.new_serial OFFSET 0
)
ORDER BY key
