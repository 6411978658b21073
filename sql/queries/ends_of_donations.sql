-- Those of these donations of which no plasma unit is told: {donation_number}.
SELECT kept.key ->> 0 AS donation_number
FROM lineage.open_end AS kept
WHERE kept.record = 'donation' AND kept.link = 'plasma_unit.donation' AND kept.sort = 'without'
    AND kept.key = ANY (ARRAY(SELECT jsonb_build_array(asked.number) FROM unnest(CAST(:donations AS text[])) AS asked (number)))
ORDER BY donation_number
