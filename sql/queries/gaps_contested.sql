-- Contested keys of these records in which one of these numbers stands: {record, key}. What is told of
-- packs and vials names them otherwise (gaps_contested_packs). Joined: many numbers are not compared with each key.
WITH named AS MATERIALIZED (  -- by itself: else the numbers are read again for each key, few as it expects them
    SELECT contested.record, contested.key, name
    FROM judged.contested_shown AS contested
    CROSS JOIN LATERAL jsonb_array_elements_text(contested.key) AS name
    WHERE contested.record = ANY (CAST(:records AS text[]))
)
SELECT named.record, named.key
FROM named
JOIN unnest(CAST(:numbers AS text[])) AS asked (number) ON asked.number = named.name
UNION
SELECT contested.record, contested.key  -- units of the pools that are shown with their donors, and these units' donations
FROM judged.contested_shown AS contested
CROSS JOIN LATERAL (
    SELECT contested.key ->> 0 AS unit WHERE contested.record = 'plasma_unit'
    UNION ALL
    SELECT u.unit FROM standing.plasma_unit AS u
    WHERE contested.record = 'donation' AND u.donation_number = contested.key ->> 0
) AS own
JOIN standing.pool_unit AS p USING (unit)
JOIN lineage.node AS n ON n.maker = p.plant AND n.number = p.pool_number AND n.step = 'pool'
WHERE n.node = ANY (CAST(:pools AS bigint[]))
ORDER BY record, key
