-- Those of these donations of which no plasma unit is known: {donation_number}.
SELECT key ->> 0 AS donation_number
FROM lineage.open_end
WHERE record = 'donation' AND link = 'plasma_unit.donation' AND key ->> 0 = ANY (CAST(:donations AS text[]))
ORDER BY donation_number
