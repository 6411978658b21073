-- Vials that cannot be linked, or not in the way that they were named: by pack, by lot, or not named at all.
CREATE TEMP TABLE parked_new ON COMMIT DROP AS
WITH settled AS (  -- versions of which two persons said which lot they mean
    SELECT source.version
    FROM vial_source AS source
    JOIN judged.meant_now AS meant
        ON meant.record = source.record AND meant.key = source.key AND meant.state = 'confirmed'
        AND meant.names = jsonb_build_array(source.gtin, source.serial, source.lot_number, source.preparation)
),
waiting AS (
    SELECT source.record, source.key, source.gtin, source.serial, source.lot_number, source.place, source.preparation
    FROM vial_source AS source
    WHERE source.version NOT IN (SELECT version FROM settled)
),
unknown AS (
    SELECT source.record, source.key, 'pack' AS link, 'pack' AS target,
        jsonb_build_array(source.gtin, source.serial) AS names
    FROM waiting AS source
    WHERE source.serial IS NOT NULL AND NOT EXISTS (
        SELECT FROM standing.pack
        WHERE pack.gtin = source.gtin AND pack.serial = source.serial
            AND pack.manufacturer IS NOT NULL AND pack.lot_number IS NOT NULL
    ) AND NOT EXISTS (
        SELECT FROM former
        JOIN standing.pack ON pack.gtin = former.from_gtin AND pack.serial = former.from_serial
        WHERE former.gtin = source.gtin AND former.serial = source.serial
            AND pack.manufacturer IS NOT NULL AND pack.lot_number IS NOT NULL
    )
    UNION
    SELECT source.record, source.key, 'lot', 'lot', jsonb_build_array(source.gtin, source.lot_number)
    FROM waiting AS source
    WHERE source.lot_number IS NOT NULL AND NOT EXISTS (
        SELECT FROM standing.lot
        WHERE lot.lot_number = source.lot_number AND lot.step = 'packed'
            AND (source.gtin IS NULL OR lot.gtin IS NULL OR lot.gtin = source.gtin)
    )
    UNION
    SELECT source.record, source.key, 'vial', 'pack', jsonb_build_array()
    FROM waiting AS source
    WHERE source.serial IS NULL AND source.lot_number IS NULL AND source.preparation IS NULL
    UNION
    SELECT source.record, source.key, 'preparation', 'reconstitution',
        jsonb_build_array(source.place, source.preparation)
    FROM vial_source AS source
    WHERE source.preparation IS NOT NULL AND (
        source.serial IS NOT NULL OR source.lot_number IS NOT NULL OR source.version NOT IN (SELECT version FROM settled)
    ) AND (
        NOT EXISTS (
            SELECT FROM standing.reconstitution AS r
            WHERE r.site = source.place AND r.preparation = source.preparation
        )
        -- A preparation that is known may have no vial that leads to a lot: the line waits all the
        -- same.
        OR source.serial IS NULL AND source.lot_number IS NULL AND NOT EXISTS (
            SELECT FROM lineage.vial WHERE vial.record = source.record AND vial.key = source.key AND vial.basis <> 'hand'
        )
    )
)
SELECT record, key, link, target, names FROM unknown
