-- What is told of the packs in scope, under their own name or one that they were given later: one row for each version.
-- Vials that are given though only their preparation names them are told of by the preparation's rows.
CREATE TEMP TABLE fact_pack_line ON COMMIT DROP AS
WITH RECURSIVE name (gtin, serial, now_gtin, now_serial) AS (
    SELECT gtin, serial, gtin, serial FROM scope_pack
    UNION
    SELECT name.gtin, name.serial, r.new_gtin, r.new_serial
    FROM name
    JOIN standing.relabelling AS r ON r.gtin = name.now_gtin AND r.serial = name.now_serial
),
prepared (gtin, serial, site, preparation, item, vials, position) AS (
    SELECT name.gtin, name.serial, v.site, v.preparation, v.item, v.vials, v.position
    FROM name
    JOIN standing.reconstitution_vial AS v ON v.gtin = name.now_gtin AND v.serial = name.now_serial
)
SELECT
    name.gtin, name.serial,
    CASE WHEN s.kind = 'return' THEN 'sent back' WHEN s.kind IS NULL THEN 'moved' ELSE 'shipped' END AS told,
    s.from_party AS place, concat_ws('/', s.shipment, s.item) AS line, NULL::integer AS vials, NULL::integer AS position, s.shipped_at AS at
FROM name
JOIN standing.shipment AS s ON s.gtin = name.now_gtin AND s.serial = name.now_serial
UNION ALL
SELECT name.gtin, name.serial, 'dispensed', d.pharmacy, d.dispensing, d.vials, d.position, d.dispensed_at
FROM name
JOIN standing.dispensing AS d ON d.gtin = name.now_gtin AND d.serial = name.now_serial
UNION ALL
SELECT
    p.gtin, p.serial, 'prepared', p.site, concat_ws('/', p.preparation, p.item), p.vials, p.position, r.started_at
FROM prepared AS p
LEFT JOIN standing.reconstitution AS r USING (site, preparation)
UNION ALL
SELECT
    p.gtin, p.serial, 'given by preparation', p.site, concat_ws('/', p.preparation, p.item), p.vials, p.position,
    a.started_at
FROM prepared AS p
JOIN standing.administration_vial AS v
    ON v.site = p.site AND v.preparation = p.preparation AND v.serial IS NULL AND v.lot_number IS NULL
LEFT JOIN standing.administration AS a ON a.site = v.site AND a.administration = v.administration
WHERE a.status IS DISTINCT FROM 'not_given'
UNION ALL
SELECT
    name.gtin, name.serial, 'given', v.site, concat_ws('/', v.administration, v.item), v.vials, v.position, a.started_at
FROM name
JOIN standing.administration_vial AS v ON v.gtin = name.now_gtin AND v.serial = name.now_serial
LEFT JOIN standing.administration AS a USING (site, administration)
WHERE a.status IS DISTINCT FROM 'not_given'
UNION ALL
SELECT
    name.gtin, name.serial,
    CASE
        WHEN f.kind IS NULL THEN 'unsaid'
        WHEN f.kind IN ('destroyed', 'lost', 'wasted') THEN 'ended'
        WHEN f.kind = 'returned' AND f.fit IS DISTINCT FROM 'yes' THEN 'returned'
        WHEN f.kind = 'returned' AND NOT EXISTS (  -- unless a version says otherwise
            SELECT FROM standing.vial_fate AS v
            WHERE v.party = f.party AND v.fate = f.fate
                AND (v.kind, v.fit, v.gtin, v.serial) IS DISTINCT FROM (f.kind, f.fit, f.gtin, f.serial)
        ) THEN 'back and fit'
        ELSE 'told'
    END,
    f.party, f.fate, f.vials, f.position, f.at
FROM name
JOIN standing.vial_fate AS f ON f.gtin = name.now_gtin AND f.serial = name.now_serial
