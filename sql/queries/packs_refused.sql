-- What can be read of rows of pack that were refused and that nothing has settled: {maker, number, gtin}, each but once.
-- Empty what cannot be read, and everything of a row of which nobody knows what record it is of.
SELECT DISTINCT
    refused.possible -> 'lot' ->> 0 AS maker, refused.possible -> 'lot' ->> 1 AS number, refused.key ->> 0 AS gtin
FROM receiving.receipt
JOIN receiving.refused USING (receipt)
WHERE (receipt.record = 'pack' OR receipt.record IS NULL) AND (
    SELECT count(*)  -- asked of each of these few: a join would look at all that was ever refused
    FROM judged.refused_settled AS settled
    WHERE settled.receipt = refused.receipt AND settled.line = refused.line
) = 0
