-- What hangs below pools and lots and is not walked, kind by kind: {kind, vials, patients, bound}. vials: given, prepared or
-- dispensed at most, by what linking sums of each lot; bound: the lots, where a line of theirs is in no sum. patients: one by
-- one of each that is told, as patients_bounds counts them at most where nothing is sure.
WITH lot AS MATERIALIZED (
    SELECT DISTINCT asked.kind, c.descendant AS lot
    FROM unnest(CAST(:kinds AS integer[]), CAST(:nodes AS bigint[])) AS asked (kind, node)
    JOIN lineage.closure AS c ON c.ancestor = asked.node
    WHERE NOT c.descendant = ANY (CAST(:walked AS bigint[]))
),
person AS (
    SELECT lot.kind, bool_or(v.state = 'given') AS given,
        -- What was perhaps not given was brought to somebody all the same.
        bool_or(v.state IN ('prepared', 'not_given') OR v.state = 'given' AND NOT v.sure) AS prepared,
        bool_or(v.state = 'dispensed') AS dispensed
    FROM lot
    JOIN lineage.vial AS v USING (lot)
    WHERE v.patient > 0
    GROUP BY lot.kind, v.patient
),
nameless AS (
    SELECT lot.kind, min(v.state) AS state, bool_or(v.state = 'given' AND NOT v.sure) AS doubted
    FROM lot
    JOIN lineage.vial AS v USING (lot)
    WHERE v.patient = 0 AND (v.record <> 'dispensing' OR EXISTS (
        SELECT FROM standing.dispensing AS d
        WHERE d.pharmacy = v.key ->> 0 AND d.dispensing = v.key ->> 1
            AND d.to_kind IS DISTINCT FROM 'ward' AND d.to_kind IS DISTINCT FROM 'home'
        OFFSET 0  -- one by one: few have none
    ))
    GROUP BY lot.kind, v.record, v.key ->> 0, v.key ->> 1
)
SELECT
    asked.kind,
    coalesce((
        SELECT sum(t.most_4 + t.alone_most_2 + t.counted_most_2 + t.alone_most_1 + t.counted_most_1)
        FROM lot
        JOIN lineage.lot_told AS t USING (lot)
        WHERE lot.kind = asked.kind
    ), 0) AS vials,
    coalesce((
        SELECT sum(p.given::integer + p.prepared::integer + p.dispensed::integer) FROM person AS p WHERE p.kind = asked.kind
    ), 0) + coalesce((
        SELECT count(*) FILTER (WHERE n.state = 'given') + count(*) FILTER (WHERE n.state IN ('prepared', 'not_given') OR n.doubted)
            + count(*) FILTER (WHERE n.state = 'dispensed')
        FROM nameless AS n
        WHERE n.kind = asked.kind
    ), 0) AS patients,
    CASE WHEN EXISTS (SELECT FROM lot JOIN lineage.vial_bound USING (lot) WHERE lot.kind = asked.kind)
        THEN ARRAY(SELECT lot.lot FROM lot WHERE lot.kind = asked.kind) ELSE '{}' END AS bound
FROM (SELECT DISTINCT one.kind FROM unnest(CAST(:kinds AS integer[])) AS one (kind)) AS asked
ORDER BY asked.kind
