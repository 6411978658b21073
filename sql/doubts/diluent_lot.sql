-- Vials prepared with a lot of diluent, and what of them was given: {donation_number, node, record, key}.
WITH prepared AS (
    SELECT site, preparation FROM standing.reconstitution WHERE diluent_lot = :name
)
SELECT NULL AS donation_number, NULL::bigint AS node, 'reconstitution_vial' AS record,
    jsonb_build_array(v.site, v.preparation, v.item::text) AS key
FROM prepared
JOIN standing.reconstitution_vial AS v USING (site, preparation)
UNION
SELECT NULL, NULL, 'administration_vial', jsonb_build_array(v.site, v.administration, v.item::text)
FROM prepared
JOIN standing.administration_vial AS v USING (site, preparation)
