-- Standing rows of what is asked about that do not say for sure whether they are in the period asked: {record, rows}.
WITH dated (record, party, began, began_offset_min, ended, ended_offset_min) AS (
    SELECT 'test_result', laboratory, tested_at, tested_at_offset_min, tested_at, tested_at_offset_min
    FROM standing.test_result
    WHERE :kind = 'kit_lot' AND kit_lot = :name OR :kind = 'laboratory' AND laboratory = :name
        OR :kind = 'analyser' AND analyser = :name
    UNION ALL
    SELECT 'donation', centre, collected_at, collected_at_offset_min, collected_at, collected_at_offset_min
    FROM standing.donation
    WHERE :kind = 'centre' AND centre = :name OR :kind = 'donor' AND donor_key = :name
    UNION ALL
    SELECT 'donation', d.centre, d.collected_at, d.collected_at_offset_min, d.collected_at, d.collected_at_offset_min
    FROM lineage.person AS own
    JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person AND same.key <> own.key
    JOIN standing.donation AS d ON d.donor_key = same.key
    WHERE :kind = 'donor' AND own.kind = 'donor' AND own.key = :name
    UNION ALL
    SELECT 'viral_inactivation', plant, started_at, started_at_offset_min, ended_at, ended_at_offset_min
    FROM standing.viral_inactivation
    WHERE :kind = 'sd_batch' AND batch = :name OR :kind = 'filter_lot' AND prefilter_lot = :name
        OR :kind = 'reagent_lot' AND (solvent_lot = :name OR detergent_lot = :name)
    UNION ALL
    SELECT 'virus_removal', plant, started_at, started_at_offset_min, ended_at, ended_at_offset_min
    FROM standing.virus_removal
    WHERE :kind = 'sd_batch' AND batch = :name OR :kind = 'filter_lot' AND filter_lot = :name
    UNION ALL
    SELECT 'filling', plant, started_at, started_at_offset_min, ended_at, ended_at_offset_min
    FROM standing.filling
    WHERE :kind = 'fill_line' AND fill_line = :name OR :kind = 'filter_lot' AND filter_lot = :name
    UNION ALL
    SELECT 'lyophilisation', plant, loaded_at, loaded_at_offset_min, unloaded_at, unloaded_at_offset_min
    FROM standing.lyophilisation
    WHERE :kind = 'dryer' AND dryer = :name
    UNION ALL
    SELECT 'reconstitution', site, started_at, started_at_offset_min, completed_at, completed_at_offset_min
    FROM standing.reconstitution
    WHERE :kind = 'diluent_lot' AND diluent_lot = :name
)
SELECT d.record, count(*) AS rows
FROM dated AS d
LEFT JOIN lineage.place AS pl ON pl.party = d.party
WHERE lineage.overlaps(
        d.began, d.began_offset_min, d.ended, d.ended_offset_min, pl.zone, :since_day, :until_day, :since_at, :until_at
    )
    -- What is in the period by one end alone is in it for sure, whatever the other is.
    AND NOT (d.began IS NOT NULL AND d.ended IS NOT NULL)
    AND NOT (d.began IS NOT NULL AND lineage.within(
        d.began, d.began_offset_min, pl.zone, :since_day, :until_day, :since_at, :until_at
    ))
    AND NOT (d.ended IS NOT NULL AND lineage.within(
        d.ended, d.ended_offset_min, pl.zone, :since_day, :until_day, :since_at, :until_at
    ))
GROUP BY d.record
ORDER BY d.record
