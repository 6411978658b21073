-- Each vial with every lot that it is of: through its pack, now or before; by the lot on its label; by its preparation.
WITH named (n, gtin, serial) AS (
    SELECT n, gtin, serial FROM vial_source WHERE serial IS NOT NULL
    UNION
    SELECT source.n, former.from_gtin, former.from_serial
    FROM vial_source AS source
    JOIN former ON former.gtin = source.gtin AND former.serial = source.serial
),
reached (n, lot, basis) AS (
    SELECT named.n, packed.node, 'pack'
    FROM named
    CROSS JOIN LATERAL (  -- looked up one by one: a few of many
        SELECT node.node FROM standing.pack
        JOIN lineage.node ON node.maker = pack.manufacturer AND node.number = pack.lot_number AND node.step = 'packed'
        WHERE pack.gtin = named.gtin AND pack.serial = named.serial
        OFFSET 0
    ) AS packed
    UNION ALL
    SELECT source.n, node.node, 'lot'
    FROM vial_source AS source
    JOIN standing.lot
        ON lot.lot_number = source.lot_number AND lot.step = 'packed'
        AND (source.gtin IS NULL OR lot.gtin IS NULL OR lot.gtin = source.gtin)
    JOIN lineage.node ON node.maker = lot.manufacturer AND node.number = lot.lot_number AND node.step = 'packed'
    UNION ALL
    SELECT source.n, vial.lot, 'preparation'
    FROM vial_source AS source
    JOIN standing.reconstitution_vial AS r ON r.site = source.place AND r.preparation = source.preparation
    JOIN lineage.vial
        ON vial.record = 'reconstitution_vial' AND vial.key = jsonb_build_array(r.site, r.preparation, r.item::text)
    WHERE source.serial IS NULL AND source.lot_number IS NULL
),
best (n, lot, basis) AS (
    SELECT n, lot, CASE WHEN bool_or(basis = 'pack') THEN 'pack' ELSE max(basis) END
    FROM reached
    GROUP BY n, lot
)
INSERT INTO lineage.vial (lot, record, key, patient_key, basis, state, vials, gtin, serial, place, at)
SELECT best.lot, min(source.record), any_value(source.key), source.patient_key, best.basis, min(source.state),
    max(source.vials), max(source.gtin), max(source.serial), max(source.place), max(source.at)
FROM best
JOIN vial_source AS source USING (n)
GROUP BY n, best.lot, source.patient_key, best.basis
