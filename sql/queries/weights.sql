-- What hangs below pools and lots and is not walked, kind by kind: {kind, vials, patients, bound}. vials: given, prepared or
-- dispensed at most, by what linking sums of each lot; bound: the lots, where a line of theirs is in no sum. patients: one by
-- one of each that is told, as patients_bounds counts them at most where nothing is sure.
WITH lot AS MATERIALIZED (
    SELECT DISTINCT asked.kind, c.descendant AS lot
    FROM unnest(CAST(:kinds AS integer[]), CAST(:nodes AS bigint[])) AS asked (kind, node)
    JOIN lineage.closure AS c ON c.ancestor = asked.node
    JOIN lineage.node ON node.node = c.descendant AND node.step = 'packed'  -- no other lot has vials
    WHERE c.descendant NOT IN (SELECT unnest(CAST(:walked AS bigint[])))
),
person AS (
    SELECT lot.kind, bool_or(kept.given > 0) AS given,
        -- What was perhaps not given was brought to somebody all the same.
        bool_or(kept.prepared + kept.doubted > 0) AS prepared, bool_or(kept.dispensed > 0) AS dispensed
    FROM lot
    CROSS JOIN LATERAL (
        SELECT patient, given, doubted, prepared, dispensed FROM lineage.lot_patient
        WHERE lot_patient.lot = lot.lot
        OFFSET 0  -- looked up one by one: of a thousand lots few have a patient
    ) AS kept
    GROUP BY lot.kind, kept.patient
),
nameless AS (
    SELECT lot.kind, min(v.state) AS state, bool_or(v.state = 'given' AND NOT v.sure) AS doubted
    FROM lot
    CROSS JOIN LATERAL (
        SELECT record, key, state, sure FROM lineage.vial
        WHERE vial.lot = lot.lot AND patient = 0 AND NOT to_others
        OFFSET 0  -- as above
    ) AS v
    GROUP BY lot.kind, v.record, v.key ->> 0, v.key ->> 1
),
persons AS (
    SELECT kind, sum(given::integer + prepared::integer + dispensed::integer) AS many FROM person GROUP BY kind
),
unnamed AS (
    SELECT kind, count(*) FILTER (WHERE state = 'given') + count(*) FILTER (WHERE state IN ('prepared', 'not_given') OR doubted)
        + count(*) FILTER (WHERE state = 'dispensed') AS many
    FROM nameless
    GROUP BY kind
),
told AS (
    SELECT lot.kind, sum(t.most_4 + t.alone_most_2 + t.counted_most_2 + t.alone_most_1 + t.counted_most_1) AS vials
    FROM lot
    JOIN lineage.lot_told AS t USING (lot)
    GROUP BY lot.kind
)
SELECT
    asked.kind, coalesce(told.vials, 0) AS vials, coalesce(persons.many, 0) + coalesce(unnamed.many, 0) AS patients,
    CASE WHEN asked.kind IN (SELECT lot.kind FROM lot JOIN lineage.vial_bound USING (lot))
        THEN ARRAY(SELECT lot.lot FROM lot WHERE lot.kind = asked.kind) ELSE '{}' END AS bound
FROM (SELECT DISTINCT one.kind FROM unnest(CAST(:kinds AS integer[])) AS one (kind)) AS asked
LEFT JOIN told USING (kind)
LEFT JOIN persons USING (kind)
LEFT JOIN unnamed USING (kind)
ORDER BY asked.kind
