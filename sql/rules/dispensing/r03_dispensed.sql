-- R03.dispensed: what was dispensed was of a lot released before, and not expired.
SELECT
    d.pharmacy, d.dispensing,
    CASE
        WHEN r.first_at > d.dispensed_at OR r.expires_on < lineage.local_day(d.dispensed_at, d.dispensed_at_offset_min, NULL)
            THEN 'finding'
        WHEN v.lot IS NULL OR nowhere.key IS NOT NULL OR r.first_at IS NULL OR r.expires_on IS NULL OR d.dispensed_at IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws('/', r.manufacturer, r.lot_number, r.first_at, r.expires_on) AS rests_on
FROM scope_dispensing
JOIN standing.dispensing AS d USING (pharmacy, dispensing)
LEFT JOIN lineage.vial AS v ON v.record = 'dispensing' AND v.key = jsonb_build_array(d.pharmacy, d.dispensing)
LEFT JOIN fact_released AS r ON r.node = v.lot
LEFT JOIN fact_lotless AS nowhere
    ON nowhere.record = 'dispensing' AND nowhere.key = jsonb_build_array(d.pharmacy, d.dispensing)
