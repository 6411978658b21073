-- Standing rows of the chain that name nothing where they must, and so could be of anything: {record, link, rows}.
SELECT record, link, rows
FROM (
    SELECT 'plasma_unit' AS record, 'donation' AS link, count(*) AS rows
    FROM standing.plasma_unit
    WHERE donation_number IS NULL
    UNION ALL
    SELECT 'pack', 'lot', count(*)
    FROM standing.pack
    WHERE manufacturer IS NULL OR lot_number IS NULL
    UNION ALL
    SELECT 'shipment', 'lot', count(*)
    FROM standing.shipment
    -- By serial, by lot or by what is in its package; one of the three is enough.
    WHERE lot_number IS NULL AND (serial IS NULL OR gtin IS NULL) AND NOT EXISTS (
        SELECT FROM standing.package_content AS c WHERE c.sscc = shipment.sscc
    )
    UNION ALL
    SELECT 'package_content', 'lot', count(*)
    FROM standing.package_content
    WHERE lot_number IS NULL AND (serial IS NULL OR gtin IS NULL) AND child_sscc IS NULL
    UNION ALL
    SELECT 'stock_count', 'lot', count(*)
    FROM standing.stock_count
    WHERE lot_number IS NULL AND (serial IS NULL OR gtin IS NULL)
    UNION ALL
    SELECT 'vial_fate', 'lot', count(*)
    FROM standing.vial_fate
    WHERE lot_number IS NULL AND (serial IS NULL OR gtin IS NULL)
) AS unnamed
WHERE rows > 0
ORDER BY record
