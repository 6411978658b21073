-- Whether a vial may be missing in some preparation, so that another may have been given in its place; and then how many
-- vials of these lots, or of these lines of them alone (single), were given, or not given, by their preparation alone:
-- {lacking, given, not_given}. unheard: whether a sender of lines has not been heard whole.
WITH doubt AS MATERIALIZED (  -- mostly there is none, and then no vial is looked at
    SELECT :unheard OR EXISTS (
        SELECT FROM lineage.open_end_now AS e
        WHERE e.record = 'reconstitution_vial' AND (e.link = 'preparation' OR e.sort = 'awaited')
    ) OR EXISTS (
        SELECT FROM receiving.refused
        JOIN receiving.receipt USING (receipt)
        LEFT JOIN judged.refused_settled AS settled
            ON settled.receipt = refused.receipt AND settled.line = refused.line
        WHERE coalesce(receipt.record, 'reconstitution_vial') = 'reconstitution_vial' AND settled.receipt IS NULL
    ) AS lacking
),
line AS (
    SELECT record, key, state, max(vials) AS vials
    FROM lineage.vial
    WHERE (SELECT lacking FROM doubt) AND lot = ANY (CAST(:nodes AS bigint[])) AND basis = 'preparation'
        AND (NOT :single OR (record, key) IN (
            SELECT one.record, one.key
            FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) AS one (record, key)
        ))
    GROUP BY record, key, state
)
SELECT bool_or(doubt.lacking) AS lacking, coalesce(sum(vials) FILTER (WHERE state = 'given'), 0) AS given,
    coalesce(sum(vials) FILTER (WHERE state = 'not_given'), 0) AS not_given
FROM doubt
LEFT JOIN line ON true
