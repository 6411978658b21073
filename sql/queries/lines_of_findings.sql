-- Every line that tells something of the packs that these findings are on, under the pack's name or one that it was
-- given later, or of an infusion by the pack's preparation: {finding, file_name, line}.
WITH RECURSIVE name (finding, now_gtin, now_serial) AS (
    SELECT finding, shown ->> 0, shown ->> 1
    FROM judged.finding_now
    WHERE finding = ANY (:findings) AND record = 'pack'
    UNION
    SELECT name.finding, r.new_gtin, r.new_serial
    FROM name
    JOIN standing.relabelling AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
),
told (finding, receipt, line) AS (
    SELECT name.finding, r.receipt, r.line
    FROM name
    JOIN standing.pack AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
    UNION
    SELECT name.finding, r.receipt, r.line
    FROM name
    JOIN standing.relabelling AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
    UNION
    SELECT name.finding, r.receipt, r.line
    FROM name
    JOIN standing.shipment AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
    UNION
    SELECT name.finding, r.receipt, r.line
    FROM name
    JOIN standing.dispensing AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
    UNION
    SELECT name.finding, r.receipt, r.line
    FROM name
    JOIN standing.vial_fate AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
    UNION
    SELECT name.finding, r.receipt, r.line
    FROM name
    JOIN standing.administration_vial AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
    UNION
    SELECT name.finding, told.receipt, told.line
    FROM name
    JOIN standing.reconstitution_vial AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
    CROSS JOIN LATERAL (
        SELECT r.receipt, r.line
        UNION ALL
        SELECT v.receipt, v.line
        FROM standing.administration_vial AS v
        WHERE v.site = r.site AND v.preparation = r.preparation AND v.serial IS NULL AND v.lot_number IS NULL
    ) AS told
)
SELECT told.finding, receipt.file_name, told.line
FROM told
JOIN receiving.receipt USING (receipt)
ORDER BY told.finding, receipt.file_name, told.line
