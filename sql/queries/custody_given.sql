-- Where packs were given: {lot, gtin, serial, whereabouts, holder, vials, fewest, since, record, key}.
CREATE TEMP TABLE custody_new ON COMMIT DROP AS
SELECT DISTINCT ON (nth, whereabouts, place) lot, gtin, serial, whereabouts, place AS holder, vials, fewest,
    at AS since, record, key
FROM (
    SELECT nth, lot, gtin, serial, vials, fewest, place, at, record, key,
        CASE WHEN given >= greatest(vials, 1) THEN 'given' ELSE 'partly given' END AS whereabouts
    FROM custody_use
    WHERE given > 0
) AS used
ORDER BY nth, whereabouts, place, at DESC NULLS LAST, record, key
