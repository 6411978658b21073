-- A number for each patient's key that has none. Numbers stay when lineage is derived anew: whoever reads counts by them.
INSERT INTO lineage.patient (key)
SELECT DISTINCT source.patient_key
FROM vial_source AS source
WHERE source.patient_key <> '' AND NOT EXISTS (
    SELECT FROM lineage.patient AS known WHERE known.key = source.patient_key
)
