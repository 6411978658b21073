-- What decisions say of a pack, seen from a place: words of PACK_STATUSES (lots/decisions/facts.py). The one place where a
-- scan asks for it.
WITH RECURSIVE box (sscc) AS (  -- the packages that it was in
    SELECT c.sscc FROM standing.package_content AS c WHERE c.serial = :serial AND (c.gtin = :gtin OR c.gtin IS NULL)
    UNION
    SELECT c.sscc FROM box JOIN standing.package_content AS c ON c.child_sscc = box.sscc
)
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
            UNION ALL
            SELECT FROM scanned.booking AS b
            WHERE b.gtin = :gtin AND b.serial = :serial AND b.kind = 'returned' AND b.at > e.at
        )
    )
    UNION
    SELECT 'stopped'
    FROM judged.in_effect AS e
    WHERE e.thing = 'lot' AND e.packs @> ARRAY[:gtin || '/' || :serial] AND e.state NOT IN ('released', 'correction')
        AND coalesce(:site = ANY (e.sites), true)
    UNION
    -- A shipment that a site put aside, with all that is told to be in it; where packs were counted by lot, each of them.
    SELECT 'stopped'
    FROM judged.in_effect AS e
    JOIN standing.shipment AS s ON s.from_party = e.key ->> 0 AND s.shipment = e.key ->> 1
    WHERE e.thing = 'shipment' AND (
        s.serial = :serial AND (s.gtin = :gtin OR s.gtin IS NULL)
        OR s.sscc IN (SELECT sscc FROM box)
        -- By the lot on its label, too: of a pack that its maker's list lacks, and of one whose label is unlike its record.
        OR s.serial IS NULL AND s.sscc IS NULL AND (s.lot_number = :lot_number OR EXISTS (
            SELECT FROM standing.pack AS p
            WHERE p.gtin = :gtin AND p.serial = :serial AND p.lot_number = s.lot_number
        ))
    )
) AS statuses
