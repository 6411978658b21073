-- E03.end: no vial of a pack is shipped, handed out, prepared or given after its end.
WITH ends AS (
    SELECT gtin, serial, told, place, line, vials, position, at
    FROM fact_pack_line
    WHERE told IN ('ended', 'returned', 'unsaid')
),
ended AS (
    SELECT gtin, serial, bool_or(at IS NULL OR vials IS NULL OR told = 'unsaid') AS unsaid
    FROM ends
    GROUP BY gtin, serial
),
use AS (
    SELECT row_number() OVER () AS n, gtin, serial, l.position, l.at
    FROM ended
    JOIN fact_pack_line AS l USING (gtin, serial)
    WHERE l.told IN ('shipped', 'dispensed', 'prepared', 'given', 'given by preparation')
),
before AS (  -- of each use, the ends before it: of a line's versions that which says most
    SELECT
        use.gtin, use.serial, use.n, ends.told, max(coalesce(ends.vials, 1)) AS vials,
        bool_or(ends.position = use.position) AS same
    FROM use
    JOIN ends USING (gtin, serial)
    WHERE ends.at < use.at AND ends.told <> 'unsaid'
    GROUP BY use.gtin, use.serial, use.n, ends.told, ends.place, ends.line
),
together AS (
    SELECT gtin, serial, sum(vials) AS vials, bool_or(same) AS same
    FROM before
    GROUP BY gtin, serial, n, told
),
worst AS (
    SELECT gtin, serial, max(vials) AS vials, bool_or(same) AS same
    FROM together
    GROUP BY gtin, serial
),
-- A use without a time may have come after an end: where nothing is found it waits.
undated AS (
    SELECT DISTINCT gtin, serial
    FROM use
    WHERE at IS NULL
)
SELECT
    p.gtin, p.serial,
    CASE
        WHEN ended.serial IS NULL THEN 'not_applicable'
        WHEN worst.same OR worst.vials >= p.vials THEN 'finding'
        WHEN ended.unsaid OR p.vials IS NULL OR undated.serial IS NOT NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', worst.vials, worst.same) AS rests_on
FROM scope_pack
JOIN standing.pack AS p USING (gtin, serial)
LEFT JOIN ended USING (gtin, serial)
LEFT JOIN worst USING (gtin, serial)
LEFT JOIN undated USING (gtin, serial)
