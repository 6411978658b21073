-- Packs of which nobody tells for sure which lot's they are: {maker, number, gtin}, each but once, empty what is not told.
-- What can be read of rows of pack that were refused and that nothing has settled; everything is empty of a row of which
-- nobody knows what record it is of, and maker and number are where not both can be read.
SELECT refused.possible -> 'lot' ->> 0 AS maker, refused.possible -> 'lot' ->> 1 AS number, refused.key ->> 0 AS gtin
FROM receiving.receipt
JOIN receiving.refused USING (receipt)
WHERE (receipt.record = 'pack' OR receipt.record IS NULL) AND (
    SELECT count(*)  -- asked of each of these few: a join would look at all that was ever refused
    FROM judged.refused_settled AS settled
    WHERE settled.receipt = refused.receipt AND settled.line = refused.line
) = 0
UNION
-- Rows of pack that stand and do not tell their lot, with what they tell of it.
SELECT pack.manufacturer, pack.lot_number, pack.gtin
FROM lineage.open_end AS e
CROSS JOIN LATERAL (
    SELECT p.manufacturer, p.lot_number, p.step, p.gtin
    FROM standing.pack AS p
    WHERE p.gtin = e.key ->> 0 AND p.serial = e.key ->> 1
    OFFSET 0
) AS pack
WHERE e.record = 'pack' AND e.link = 'lot' AND e.sort = 'empty'
    AND (pack.manufacturer IS NULL OR pack.lot_number IS NULL OR pack.step IS NULL)
