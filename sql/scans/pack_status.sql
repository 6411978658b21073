-- What decisions say of a pack, seen from a place: words of PACK_STATUSES (lots/decisions/facts.py). The one place where a
-- scan asks for it.
SELECT ARRAY(
    SELECT CASE e.state WHEN 'readmitted' THEN e.state ELSE 'stopped' END
    FROM judged.in_effect AS e
    WHERE e.thing = 'pack' AND e.key = jsonb_build_array(:gtin, :serial) AND NOT (
        -- What came back after that, whoever readmitted it has not seen.
        e.state = 'readmitted' AND EXISTS (
            SELECT FROM standing.vial_fate AS f
            JOIN receiving.receipt AS r USING (receipt)
            WHERE f.serial = :serial AND (f.gtin = :gtin OR f.gtin IS NULL) AND coalesce(f.kind, 'returned') = 'returned'
                AND r.received_at > e.at
        )
    )
    UNION
    SELECT 'stopped'
    FROM judged.in_effect AS e
    WHERE e.thing = 'lot' AND e.packs @> ARRAY[:gtin || '/' || :serial] AND e.state NOT IN ('released', 'correction')
        AND coalesce(:site = ANY (e.sites), true)
) AS statuses
