-- R03.given: what was given was of a lot released before, and not expired.
SELECT
    s.site, s.administration, s.item,
    CASE
        WHEN i.not_given THEN 'not_applicable'
        WHEN r.first_at > i.started_at OR r.expires_on < lineage.local_day(i.started_at, i.started_at_offset_min, NULL)
            THEN 'finding'
        WHEN v.lot IS NULL OR nowhere.key IS NOT NULL OR r.first_at IS NULL OR r.expires_on IS NULL OR i.started_at IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', r.manufacturer, r.lot_number, r.first_at, r.expires_on) AS rests_on
FROM scope_administration_vial AS s
JOIN standing.administration_vial USING (site, administration, item)
LEFT JOIN fact_infusion AS i USING (site, administration)
LEFT JOIN lineage.vial AS v
    ON v.record = 'administration_vial' AND v.key = jsonb_build_array(s.site, s.administration, s.item::text)
LEFT JOIN fact_released AS r ON r.node = v.lot
LEFT JOIN fact_lotless AS nowhere
    ON nowhere.record = 'administration_vial' AND nowhere.key = jsonb_build_array(s.site, s.administration, s.item::text)
