-- Lines of vials of these lots that name no pack, or one that nobody knows, or of another lot than what was in their
-- preparation, so that each pack of the lot may be theirs; and what was given by a preparation with such a line: {record, key}.
WITH own AS (
    SELECT DISTINCT v.record, v.key
    FROM lineage.vial AS v
    WHERE v.lot = ANY (CAST(:nodes AS bigint[])) AND v.basis <> 'preparation' AND (v.serial IS NULL OR v.basis = 'disagreement' OR EXISTS (
        SELECT FROM lineage.parked_shown AS p WHERE p.record = v.record AND p.key = v.key AND p.link = 'pack'
    ))
),
named AS (  -- of several versions, each of which names a pack that is known: of none beside these
    SELECT own.record, own.key
    FROM own
    JOIN judged.contested_shown AS c ON c.record = own.record AND c.key = own.key
    WHERE NOT EXISTS (
        SELECT FROM lineage.parked_shown AS p WHERE p.record = own.record AND p.key = own.key AND p.link = 'pack'
    ) AND NOT EXISTS (
        SELECT FROM standing.dispensing AS d
        WHERE own.record = 'dispensing' AND d.pharmacy = own.key ->> 0 AND d.dispensing = own.key ->> 1
            AND (d.gtin IS NULL OR d.serial IS NULL)
    ) AND NOT EXISTS (
        SELECT FROM standing.reconstitution_vial AS r
        WHERE own.record = 'reconstitution_vial' AND r.site = own.key ->> 0 AND r.preparation = own.key ->> 1
            AND r.item = CAST(own.key ->> 2 AS integer) AND (r.gtin IS NULL OR r.serial IS NULL)
    ) AND NOT EXISTS (
        SELECT FROM standing.administration_vial AS a
        WHERE own.record = 'administration_vial' AND a.site = own.key ->> 0 AND a.administration = own.key ->> 1
            AND a.item = CAST(own.key ->> 2 AS integer) AND (a.gtin IS NULL OR a.serial IS NULL)
    )
),
unnamed AS (
    SELECT record, key FROM own WHERE (record, key) NOT IN (SELECT n.record, n.key FROM named AS n)
)
SELECT record, key FROM unnamed
UNION
-- By its rows: of a line whose versions name several preparations linking keeps none.
SELECT 'administration_vial', jsonb_build_array(a.site, a.administration, a.item::text)
FROM unnamed AS own
JOIN standing.administration_vial AS a ON a.site = own.key ->> 0 AND a.preparation = own.key ->> 1
WHERE own.record = 'reconstitution_vial' AND a.serial IS NULL AND a.lot_number IS NULL
ORDER BY record, key
