-- Standing rows that do not say what a question is about, and so could be of it: {record, what, rows}.
SELECT record, what, rows
FROM (
    SELECT 'test_result' AS record, 'kit lot' AS what, count(*) AS rows
    FROM standing.test_result WHERE :kind = 'kit_lot' AND kit_lot IS NULL
    UNION ALL
    SELECT 'test_result', 'laboratory', count(*)
    FROM standing.test_result WHERE :kind = 'laboratory' AND laboratory IS NULL
    UNION ALL
    SELECT 'test_result', 'analyser', count(*)
    FROM standing.test_result WHERE :kind = 'analyser' AND analyser IS NULL
    UNION ALL
    SELECT 'donation', 'donor', count(*)
    FROM standing.donation WHERE :kind = 'donor' AND donor_key IS NULL
    UNION ALL
    SELECT 'donation', 'centre', count(*)
    FROM standing.donation WHERE :kind = 'centre' AND centre IS NULL
    UNION ALL
    SELECT 'viral_inactivation', 'solvent or detergent lot', count(*)
    FROM standing.viral_inactivation
    WHERE :kind = 'reagent_lot' AND (solvent_lot IS NULL OR detergent_lot IS NULL)
    UNION ALL
    SELECT 'viral_inactivation', 'pre-filter lot', count(*)
    FROM standing.viral_inactivation WHERE :kind = 'filter_lot' AND prefilter_lot IS NULL
    UNION ALL
    SELECT 'virus_removal', 'filter lot', count(*)
    FROM standing.virus_removal
    WHERE :kind = 'filter_lot' AND filter_lot IS NULL AND method IS DISTINCT FROM 'low_ph'
        -- These have no filter; of a method that is not told there may have been one.
        AND method IS DISTINCT FROM 'caprylate' AND method IS DISTINCT FROM 'pasteurisation'
    UNION ALL
    SELECT 'filling', 'filter lot', count(*)
    FROM standing.filling WHERE :kind = 'filter_lot' AND filter_lot IS NULL
    UNION ALL
    SELECT 'lyophilisation', 'dryer', count(*)
    FROM standing.lyophilisation WHERE :kind = 'dryer' AND dryer IS NULL
    UNION ALL
    SELECT 'filling', 'line', count(*)
    FROM standing.filling WHERE :kind = 'fill_line' AND fill_line IS NULL
    UNION ALL
    SELECT 'reconstitution', 'diluent lot', count(*)
    FROM standing.reconstitution WHERE :kind = 'diluent_lot' AND diluent_lot IS NULL
    UNION ALL
    SELECT 'administration_vial', 'preparation', count(*)
    FROM standing.administration_vial WHERE :kind = 'diluent_lot' AND preparation IS NULL
) AS unsaid
WHERE rows > 0
ORDER BY record, what
