-- Of a pack's lines those that are perhaps not its own: {record, key}. Not every version names the pack, or one that it
-- became later, nor does every version name one preparation alone.
WITH RECURSIVE named (gtin, serial) AS (
    SELECT split_part(:name, '/', 1), substr(:name, strpos(:name, '/') + 1)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM named
    JOIN standing.relabelling AS r ON r.gtin = named.gtin AND r.serial = named.serial
)
SELECT line.record, line.key
FROM (
    SELECT record, key, CASE record WHEN 'dispensing' THEN NULL ELSE CAST(key ->> 2 AS integer) END AS item
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS asked (record, key)
) AS line
CROSS JOIN LATERAL (  -- looked up by the key: a few of many
    SELECT v.gtin, v.serial, v.lot_number, NULL AS preparation FROM standing.dispensing AS v
    WHERE line.record = 'dispensing' AND v.pharmacy = line.key ->> 0 AND v.dispensing = line.key ->> 1
    UNION ALL
    SELECT v.gtin, v.serial, v.lot_number, NULL FROM standing.reconstitution_vial AS v
    WHERE line.record = 'reconstitution_vial' AND v.site = line.key ->> 0 AND v.preparation = line.key ->> 1
        AND v.item = line.item
    UNION ALL
    SELECT v.gtin, v.serial, v.lot_number, v.preparation FROM standing.administration_vial AS v
    WHERE line.record = 'administration_vial' AND v.site = line.key ->> 0 AND v.administration = line.key ->> 1
        AND v.item = line.item
    OFFSET 0
) AS version
LEFT JOIN named ON named.gtin = version.gtin AND named.serial = version.serial
GROUP BY line.record, line.key
HAVING count(named.serial) < count(*) AND NOT (
    count(coalesce(version.serial, version.lot_number)) = 0 AND count(version.preparation) = count(*)
    AND min(version.preparation) = max(version.preparation)
)
