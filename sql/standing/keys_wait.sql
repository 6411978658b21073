-- Keys of a record that can be read in what was refused and may come yet: {receipt, key}.
CREATE TEMP TABLE key_waits ON COMMIT DROP AS
SELECT refused.receipt, refused.key
FROM receiving.refused
JOIN receiving.receipt USING (receipt)
WHERE receipt.record = :record AND refused.key IS NOT NULL
UNION
SELECT legible.receipt, legible.key
FROM receiving.legible
JOIN receiving.receipt USING (receipt)
WHERE legible.record = :record AND receipt.status = 'refused'
