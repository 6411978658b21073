-- Of a pack's lines those that were given by a preparation of which not every vial is the pack's, or of one that it became:
-- {record, key}. Of its vials nobody knows which were given to whom.
WITH RECURSIVE named (gtin, serial) AS (
    SELECT split_part(:name, '/', 1), substr(:name, strpos(:name, '/') + 1)
    UNION
    SELECT r.new_gtin, r.new_serial
    FROM named
    JOIN standing.relabelling AS r ON r.gtin = named.gtin AND r.serial = named.serial
)
SELECT DISTINCT line.record, line.key
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS line (record, key)
JOIN lineage.vial AS v ON v.record = line.record AND v.key = line.key AND v.basis = 'preparation'
JOIN standing.reconstitution_vial AS r ON r.site = v.place AND r.preparation = v.preparation
LEFT JOIN named ON named.gtin = r.gtin AND named.serial = r.serial
WHERE named.serial IS NULL
ORDER BY line.record, line.key
