-- The account of these lots, key by key summed (docs/balance.md): {node, part, other, least, most, rows, unsaid}. part: what
-- it is, of which `other` tells which; most: nothing where a row does not say how many. NULL nodes: of every lot with vials.
WITH lot AS MATERIALIZED (
    SELECT node.node, node.maker, node.number, node.step
    FROM lineage.node
    WHERE node.step IN ('filled', 'dried', 'packed')
        AND (CAST(:nodes AS bigint[]) IS NULL OR node.node = ANY (CAST(:nodes AS bigint[])))
),
-- A line for each row that tells vials of a lot; elsewhere: another version of it counts for another lot, so that it
-- may be none of this one.
told AS (
    SELECT lot.node, 'filled' AS part, f.batch AS other, jsonb_build_array(f.batch, f.from_lot_number) AS key,
        f.vials::numeric AS vials, false AS elsewhere
    FROM lot
    JOIN standing.filling_load AS f ON f.plant = lot.maker AND f.lot_number = lot.number
    WHERE lot.step = 'filled'
    UNION ALL
    SELECT lot.node, 'out of the dryer', l.cycle, jsonb_build_array(l.cycle, l.from_lot_number), l.vials, false
    FROM lot
    JOIN standing.lyophilisation_load AS l ON l.plant = lot.maker AND l.lot_number = lot.number
    WHERE lot.step = 'dried'
    UNION ALL
    SELECT lot.node, 'loaded', l.cycle, jsonb_build_array(l.cycle, l.lot_number), l.vials, false
    FROM lot
    JOIN standing.lyophilisation_load AS l ON l.plant = lot.maker AND l.from_lot_number = lot.number
    WHERE lot.step = 'filled'
    UNION ALL
    SELECT lot.node, 'from', concat_ws(' ', i.from_step, i.from_manufacturer || '/' || i.from_number),
        jsonb_build_array(i.from_manufacturer, i.from_number, i.from_step),
        CASE WHEN i.amount_unit = 'vials' THEN i.amount END, false
    FROM lot
    JOIN standing.lot_input AS i ON i.manufacturer = lot.maker AND i.lot_number = lot.number AND i.step = lot.step
    WHERE lot.step <> 'filled'  -- into a filling goes what has no vials yet
    UNION ALL
    SELECT lot.node, 'into', concat_ws(' ', i.step, i.manufacturer || '/' || i.lot_number),
        jsonb_build_array(i.manufacturer, i.lot_number, i.step), CASE WHEN i.amount_unit = 'vials' THEN i.amount END, false
    FROM lot
    JOIN standing.lot_input AS i ON i.from_manufacturer = lot.maker AND i.from_number = lot.number AND i.from_step = lot.step
    UNION ALL
    SELECT lot.node, 'sample', coalesce(s.purpose, '?'), jsonb_build_array(s.sample), s.vials, EXISTS (
            SELECT FROM standing.sample AS o
            WHERE o.manufacturer = s.manufacturer AND o.sample = s.sample
                AND (o.lot_number, o.step) IS DISTINCT FROM (s.lot_number, s.step)
        )
    FROM lot
    JOIN standing.sample AS s ON s.manufacturer = lot.maker AND s.lot_number = lot.number AND s.step = lot.step
    UNION ALL
    SELECT lot.node, 'rejected', '', jsonb_build_array(i.inspection),
        CASE WHEN num_nonnulls(i.rejects_critical, i.rejects_major, i.rejects_minor) > 0
            THEN coalesce(i.rejects_critical, 0) + coalesce(i.rejects_major, 0) + coalesce(i.rejects_minor, 0) END,
        EXISTS (
            SELECT FROM standing.inspection AS o
            WHERE o.manufacturer = i.manufacturer AND o.inspection = i.inspection
                AND (o.lot_number, o.step) IS DISTINCT FROM (i.lot_number, i.step)
        )
    FROM lot
    JOIN standing.inspection AS i ON i.manufacturer = lot.maker AND i.lot_number = lot.number AND i.step = lot.step
    UNION ALL
    SELECT lot.node, 'packs', '', jsonb_build_array(p.gtin, p.serial),
        CASE WHEN EXISTS (
            SELECT FROM standing.relabelling AS r
            JOIN standing.pack AS new ON new.gtin = r.new_gtin AND new.serial = r.new_serial
            WHERE r.gtin = p.gtin AND r.serial = p.serial AND (r.new_gtin, r.new_serial) <> (r.gtin, r.serial)
        ) THEN 0 ELSE greatest(coalesce(p.vials, 1), 1) END,
        EXISTS (
            SELECT FROM standing.pack AS o
            WHERE o.gtin = p.gtin AND o.serial = p.serial
                AND (o.manufacturer, o.lot_number) IS DISTINCT FROM (p.manufacturer, p.lot_number)
        )
    FROM lot
    JOIN standing.pack AS p ON p.manufacturer = lot.maker AND p.lot_number = lot.number
    WHERE lot.step = 'packed'
),
-- Of the versions of one key the least and the most, so that what is contested widens the account and never decides it.
each AS (
    SELECT node, part, min(other) AS other, key, CASE WHEN bool_or(elsewhere) THEN 0 ELSE coalesce(min(vials), 0) END AS least,
        max(vials) AS most, bool_or(vials IS NULL) AS unsaid
    FROM told
    GROUP BY node, part, key
),
recorded AS (  -- what a lot's own record says, where no row tells what came in
    SELECT lot.node, 'by its record' AS part, '' AS other, jsonb_build_array() AS key,
        min(CASE l.amount_unit WHEN 'vials' THEN l.amount WHEN 'packs' THEN l.amount * size.least END) AS least,
        max(CASE l.amount_unit WHEN 'vials' THEN l.amount WHEN 'packs' THEN l.amount * size.most END) AS most,
        bool_or(l.amount IS NULL OR l.amount_unit IS NULL OR l.amount_unit NOT IN ('vials', 'packs')
            OR l.amount_unit = 'packs' AND size.most IS NULL) AS unsaid
    FROM lot
    JOIN standing.lot AS l ON l.manufacturer = lot.maker AND l.lot_number = lot.number AND l.step = lot.step
    CROSS JOIN LATERAL (
        SELECT min(greatest(coalesce(p.vials, 1), 1)) AS least, max(greatest(coalesce(p.vials, 1), 1)) AS most
        FROM standing.pack AS p
        WHERE p.manufacturer = lot.maker AND p.lot_number = lot.number AND lot.step = 'packed'
    ) AS size
    WHERE NOT EXISTS (
        SELECT FROM each WHERE each.node = lot.node AND each.part IN ('filled', 'out of the dryer', 'from')
    )
    GROUP BY lot.node
)
SELECT node, part, other, floor(sum(coalesce(least, 0)))::bigint AS least,
    CASE WHEN NOT bool_or(unsaid) THEN ceil(sum(most))::bigint END AS most, count(*) AS rows,
    count(*) FILTER (WHERE unsaid) AS unsaid
FROM (SELECT node, part, other, key, least, most, unsaid FROM each
    UNION ALL
    SELECT node, part, other, key, least, most, unsaid FROM recorded) AS every
GROUP BY node, part, other
ORDER BY node, part, other
