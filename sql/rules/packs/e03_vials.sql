-- E03.vials: no more vials of a pack are handed out, used or gone than it holds. Of a line's versions that counts which
-- says most (of what came back fit, least); a vial that is prepared and then given at one site is one vial.
WITH line AS (
    SELECT
        gtin, serial, told, place, bool_or(vials IS NULL OR told = 'unsaid') AS unsaid, max(coalesce(vials, 1)) AS most,
        CASE WHEN told = 'back and fit' THEN min(coalesce(vials, 1)) ELSE max(coalesce(vials, 1)) END AS vials
    FROM fact_pack_line
    WHERE told NOT IN ('shipped', 'moved', 'sent back')
    GROUP BY gtin, serial, told, place, line
),
site AS (
    SELECT
        gtin, serial, bool_or(unsaid) AS unsaid, max(most) AS most,
        coalesce(sum(vials) FILTER (WHERE told = 'dispensed'), 0) AS dispensed,
        coalesce(sum(vials) FILTER (WHERE told = 'back and fit'), 0) AS fit,
        coalesce(sum(vials) FILTER (WHERE told = 'ended'), 0) AS ended,
        coalesce(sum(vials) FILTER (WHERE told = 'prepared'), 0) AS prepared,
        greatest(
            coalesce(sum(vials) FILTER (WHERE told = 'given'), 0),
            coalesce(sum(vials) FILTER (WHERE told = 'given by preparation'), 0)
        ) AS given
    FROM line
    GROUP BY gtin, serial, place
),
used AS (
    SELECT
        gtin, serial, bool_or(unsaid) AS unsaid,
        greatest(max(most), sum(dispensed) - sum(fit), sum(greatest(prepared, given)), sum(given + ended)) AS vials
    FROM site
    GROUP BY gtin, serial
)
SELECT
    p.gtin, p.serial,
    CASE
        WHEN used.serial IS NULL THEN 'not_applicable'
        WHEN used.vials > p.vials THEN 'finding'
        WHEN used.unsaid OR p.vials IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    used.vials::text AS rests_on
FROM scope_pack
JOIN standing.pack AS p USING (gtin, serial)
LEFT JOIN used USING (gtin, serial)
