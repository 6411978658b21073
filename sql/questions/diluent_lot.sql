-- Vials prepared with a lot of diluent in a period, and what of them was given: {donation_number, node, record, key}.
WITH prepared AS (
    SELECT DISTINCT r.site, r.preparation
    FROM standing.reconstitution AS r
    LEFT JOIN lineage.place AS pl ON pl.party = r.site
    WHERE r.diluent_lot = :name AND lineage.overlaps(
        r.started_at, r.started_at_offset_min, r.completed_at, r.completed_at_offset_min, pl.zone,
        :since_day, :until_day, :since_at, :until_at
    )
)
SELECT NULL AS donation_number, NULL::bigint AS node, 'reconstitution_vial' AS record,
    jsonb_build_array(v.site, v.preparation, v.item::text) AS key
FROM prepared
JOIN standing.reconstitution_vial AS v USING (site, preparation)
UNION
SELECT NULL, NULL, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
FROM prepared
JOIN standing.administration_vial AS v USING (site, preparation)
