-- What lines of vials that reach no lot tell, by their place among those asked:
-- {nth, state, sure, vials, patient, named, whose, gtin, serial, lot_number, at, unsaid}, one for each version. sure: whether all
-- versions of its infusion say given. patient: its number, 0 where it has none; named: whether a patient is named;
-- whose: then the infusion, preparation or dispensing that should say, empty where none need.
WITH asked AS MATERIALIZED (
    SELECT nth, record, key
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) WITH ORDINALITY AS e (record, key, nth)
),
line AS (
    SELECT asked.nth, 'dispensed' AS state, true AS sure, d.vials, d.patient_key,
        CASE WHEN d.to_kind IS DISTINCT FROM 'ward' AND d.to_kind IS DISTINCT FROM 'home'
            THEN 'dispensing/' || d.pharmacy || '/' || d.dispensing ELSE '' END AS whose,
        d.gtin, d.serial, d.lot_number, d.dispensed_at AS at
    FROM asked
    JOIN standing.dispensing AS d ON d.pharmacy = asked.key ->> 0 AND d.dispensing = asked.key ->> 1
    WHERE asked.record = 'dispensing'
    UNION ALL
    SELECT asked.nth, 'prepared', true, v.vials, o.patient_key, 'preparation/' || v.site || '/' || v.preparation, v.gtin, v.serial,
        v.lot_number, r.completed_at
    FROM asked
    JOIN standing.reconstitution_vial AS v ON v.site = asked.key ->> 0 AND v.preparation = asked.key ->> 1
        AND v.item = CAST(CASE WHEN asked.record = 'reconstitution_vial' THEN asked.key ->> 2 END AS integer)
    LEFT JOIN standing.reconstitution AS r USING (site, preparation)
    LEFT JOIN standing.treatment_order AS o USING (site, treatment_order)
    WHERE asked.record = 'reconstitution_vial'
    UNION ALL
    SELECT asked.nth,
        CASE WHEN bool_and(coalesce(a.status = 'not_given', false)) OVER (PARTITION BY asked.nth) THEN 'not_given' ELSE 'given' END,
        bool_and(coalesce(a.status IN ('given', 'stopped'), false)) OVER (PARTITION BY asked.nth) AND NOT EXISTS (
            SELECT FROM judged.contested AS c
            WHERE c.record = 'administration' AND c.possible
                AND c.key = jsonb_build_array(v.site, v.administration)
        ),
        v.vials, a.patient_key, 'administration/' || v.site || '/' || v.administration, v.gtin, v.serial, v.lot_number,
        a.started_at
    FROM asked
    JOIN standing.administration_vial AS v ON v.site = asked.key ->> 0 AND v.administration = asked.key ->> 1
        AND v.item = CAST(CASE WHEN asked.record = 'administration_vial' THEN asked.key ->> 2 END AS integer)
    LEFT JOIN standing.administration AS a USING (site, administration)
    WHERE asked.record = 'administration_vial'
)
SELECT line.nth, line.state, line.sure, coalesce(nullif(line.vials, 0), 1) AS vials, coalesce(known.patient, 0) AS patient,
    line.patient_key IS NOT NULL AS named,
    -- A key that no linked line has yet has no number: it is told by what names it.
    CASE WHEN known.patient IS NULL THEN line.whose ELSE '' END AS whose, line.gtin, line.serial, line.lot_number, line.at,
    coalesce(line.vials, 0) = 0 AS unsaid
FROM line
LEFT JOIN lineage.patient AS known ON known.key = line.patient_key
ORDER BY line.nth
