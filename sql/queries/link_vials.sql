-- Each vial with every lot that it is of: through its pack, now or before; by the lot on its label; by its preparation; by hand.
CREATE TEMP TABLE vial_new ON COMMIT DROP AS
WITH named (n, version, gtin, serial) AS (
    SELECT n, version, gtin, serial FROM vial_source WHERE serial IS NOT NULL
    UNION
    SELECT source.n, source.version, former.from_gtin, former.from_serial
    FROM vial_source AS source
    JOIN former ON former.gtin = source.gtin AND former.serial = source.serial
),
unsure AS MATERIALIZED (  -- keys of which perhaps nothing stands (docs/versions.md): few
    SELECT record, key FROM judged.contested WHERE possible
),
renamed AS (  -- lines of packs that perhaps were not relabelled
    SELECT named.n
    FROM named
    JOIN unsure ON unsure.record = 'relabelling'
        AND unsure.key ->> 2 = named.gtin AND unsure.key ->> 3 = named.serial
),
said AS (  -- which lot a person says that a version means
    SELECT source.n, source.version, meant.maker, meant.number, meant.state
    FROM vial_source AS source
    JOIN judged.meant_now AS meant
        ON meant.record = source.record AND meant.key = source.key AND meant.state <> 'gone'
        AND meant.names = jsonb_build_array(source.gtin, source.serial, source.lot_number, source.preparation)
),
shaky AS (  -- lines that perhaps reach no lot, since what leads there may be taken back
    SELECT n FROM renamed
    UNION
    SELECT named.n
    FROM named
    JOIN unsure ON unsure.record = 'pack' AND unsure.key = jsonb_build_array(named.gtin, named.serial)
    UNION
    SELECT source.n
    FROM vial_source AS source
    JOIN unsure ON unsure.record = 'lot'
        AND unsure.key ->> 1 = source.lot_number AND unsure.key ->> 2 = 'packed'
    UNION
    SELECT source.n
    FROM vial_source AS source
    JOIN unsure ON unsure.record = 'reconstitution_vial'
        AND unsure.key ->> 0 = source.place AND unsure.key ->> 1 = source.preparation
    WHERE source.serial IS NULL AND source.lot_number IS NULL
    UNION
    SELECT said.n FROM said WHERE said.state = 'disputed'
    UNION
    SELECT said.n
    FROM said
    JOIN unsure ON unsure.record = 'lot' AND unsure.key = jsonb_build_array(said.maker, said.number, 'packed')
    UNION
    SELECT source.n
    FROM vial_source AS source
    JOIN judged.meant_now AS meant
        ON meant.record = 'reconstitution_vial' AND meant.state = 'disputed'
        AND meant.key ->> 0 = source.place AND meant.key ->> 1 = source.preparation
    JOIN standing.reconstitution_vial AS r
        ON r.site = meant.key ->> 0 AND r.preparation = meant.key ->> 1 AND r.item = CAST(meant.key ->> 2 AS integer)
        AND meant.names = jsonb_build_array(r.gtin, r.serial, r.lot_number, NULL)
    WHERE source.serial IS NULL AND source.lot_number IS NULL
),
labelled (n, version, lot, basis) AS MATERIALIZED (
    SELECT named.n, named.version, packed.node, 'pack'
    FROM named
    CROSS JOIN LATERAL (  -- looked up one by one: a few of many
        SELECT node.node FROM standing.pack
        JOIN lineage.node ON node.maker = pack.manufacturer AND node.number = pack.lot_number AND node.step = 'packed'
        WHERE pack.gtin = named.gtin AND pack.serial = named.serial
        OFFSET 0
    ) AS packed
    UNION ALL
    SELECT source.n, source.version, node.node, 'lot'
    FROM vial_source AS source
    JOIN standing.lot
        ON lot.lot_number = source.lot_number AND lot.step = 'packed'
        AND (source.gtin IS NULL OR lot.gtin IS NULL OR lot.gtin = source.gtin)
    JOIN lineage.node ON node.maker = lot.manufacturer AND node.number = lot.lot_number AND node.step = 'packed'
),
inside (n, version, lot, sure, labelled) AS MATERIALIZED (  -- the lots of what was in a line's preparation
    SELECT source.n, source.version, vial.lot, NOT EXISTS (
        SELECT FROM judged.contested AS c WHERE c.record = 'reconstitution_vial' AND c.key = vial.key
    ), source.serial IS NOT NULL OR source.lot_number IS NOT NULL
    FROM vial_source AS source
    JOIN standing.reconstitution_vial AS r ON r.site = source.place AND r.preparation = source.preparation
    JOIN lineage.vial
        ON vial.record = 'reconstitution_vial' AND vial.key = jsonb_build_array(r.site, r.preparation, r.item::text)
),
reached (n, version, lot, basis) AS (
    SELECT n, version, lot, basis FROM labelled
    UNION ALL
    SELECT n, version, lot, 'preparation' FROM inside WHERE NOT inside.labelled
    UNION ALL
    -- The label is of none of these lots: nobody knows which of the two was written wrong.
    SELECT inside.n, inside.version, inside.lot, 'disagreement'
    FROM inside
    WHERE inside.labelled AND inside.version IN (SELECT version FROM labelled) AND inside.version NOT IN (
        SELECT own.version FROM inside AS own JOIN labelled USING (version, lot) WHERE own.sure
    )
    UNION ALL
    SELECT said.n, said.version, node.node, 'hand'
    FROM said
    JOIN lineage.node ON node.maker = said.maker AND node.number = said.number AND node.step = 'packed'
),
way (n, version, lot, basis) AS (
    -- A lot that both ways reach is one lot; the pack says it more surely than a label does.
    SELECT n, version, lot, CASE WHEN bool_or(basis = 'pack') THEN 'pack' ELSE max(basis) END
    FROM reached
    GROUP BY n, version, lot
),
ranked AS (
    SELECT version, lot, n,
        CASE WHEN bool_or(basis = 'pack') OVER (PARTITION BY n, lot) THEN 'pack'
            ELSE max(basis) OVER (PARTITION BY n, lot) END AS basis,
        -- The last rank is the count of different ones, for which windows have no function.
        dense_rank() OVER (PARTITION BY n ORDER BY lot) AS lots,
        dense_rank() OVER (PARTITION BY n ORDER BY version) AS versions
    FROM way
),
best AS (
    SELECT version, lot, basis, max(lots) OVER (PARTITION BY n) AS lots, max(versions) OVER (PARTITION BY n) AS versions
    FROM ranked
),
told (n, vials) AS (  -- the most of any version, one that reaches no lot or another too: it may be the right one
    SELECT n, max(vials) FROM vial_source GROUP BY n
),
first (gtin, serial, from_gtin, from_serial) AS (  -- of each pack that was relabelled its first name, where it is one
    SELECT gtin, serial, min(from_gtin), min(from_serial)
    FROM former
    WHERE NOT EXISTS (
        SELECT FROM former AS before WHERE before.gtin = former.from_gtin AND before.serial = former.from_serial
    )
    GROUP BY gtin, serial
    -- Of a pack that several were relabelled to nobody knows how many vials came from which.
    HAVING count(*) = 1
),
packed AS (  -- each version that names one pack with that pack's first name, and how many vials it holds
    SELECT source.version, coalesce(first.from_gtin, source.gtin) AS gtin,
        coalesce(first.from_serial, source.serial) AS serial
    FROM vial_source AS source
    LEFT JOIN first USING (gtin, serial)
    WHERE source.one_pack AND (first.gtin IS NOT NULL OR NOT EXISTS (
        SELECT FROM former WHERE former.gtin = source.gtin AND former.serial = source.serial
    )) AND NOT EXISTS (SELECT FROM renamed WHERE renamed.n = source.n)
        AND source.n NOT IN (SELECT reached.n FROM reached WHERE reached.basis = 'disagreement')
)
SELECT best.lot, min(source.record) AS record, any_value(source.key) AS key, coalesce(known.patient, 0) AS patient, best.basis,
    min(source.state) AS state, max(told.vials) AS vials, max(CASE WHEN source.one_pack THEN source.gtin END) AS gtin,
    max(CASE WHEN source.one_pack THEN source.serial END) AS serial, max(source.place) AS place, max(source.at) AS at,
    -- Surely of this lot only if every version of the line says so; else at least none of its vials
    -- are.
    min(CASE WHEN best.versions = source.versions AND shaky.n IS NULL THEN source.least ELSE 0 END) AS least, max(best.lots) AS lots,
    bool_and(source.sure) AS sure, max(source.made_in) AS preparation,
    max(best.lots) = 1 AND bool_and(source.one_patient) AS alone, max(packed.gtin || '/' || packed.serial) AS origin,
    max(held.vials) AS holds, bool_and(source.to_others) AS to_others
FROM best
JOIN vial_source AS source USING (version)
JOIN told ON told.n = source.n
LEFT JOIN packed USING (version)
LEFT JOIN lineage.patient AS known ON known.key = source.patient_key
LEFT JOIN shaky ON shaky.n = source.n
LEFT JOIN LATERAL (  -- looked up one by one; nothing where versions contradict each other
    SELECT CASE WHEN min(k.vials) = max(k.vials) THEN nullif(min(k.vials), 0) END AS vials
    FROM standing.pack AS k
    WHERE k.gtin = packed.gtin AND k.serial = packed.serial AND NOT EXISTS (
        SELECT FROM unsure WHERE unsure.record = 'pack' AND unsure.key = jsonb_build_array(k.gtin, k.serial)
    )
    OFFSET 0
) AS held ON true
GROUP BY source.n, best.lot, known.patient, best.basis
