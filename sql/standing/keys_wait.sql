-- Keys of these records that can be read in what was refused and may come yet: {record, receipt, key}.
CREATE TEMP TABLE key_waits ON COMMIT DROP AS
SELECT receipt.record, refused.receipt, refused.key
FROM receiving.refused
JOIN receiving.receipt USING (receipt)
WHERE receipt.record = ANY (CAST(:records AS text[])) AND refused.key IS NOT NULL
UNION
SELECT legible.record, legible.receipt, legible.key
FROM receiving.legible
JOIN receiving.receipt USING (receipt)
WHERE legible.record = ANY (CAST(:records AS text[])) AND receipt.status = 'refused'
