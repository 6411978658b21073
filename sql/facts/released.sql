-- Packed lots with their expiry and their first release, one row for each version that stands.
CREATE TEMP TABLE fact_released ON COMMIT DROP AS
SELECT n.node, l.manufacturer, l.lot_number, l.expires_on, r.first_at
FROM standing.lot AS l
JOIN lineage.node AS n ON n.maker = l.manufacturer AND n.number = l.lot_number AND n.step = l.step
LEFT JOIN (
    SELECT manufacturer, lot_number, min(released_at) AS first_at
    FROM (
        SELECT manufacturer, lot_number, market, max(released_at) AS released_at
        FROM standing.official_release
        GROUP BY manufacturer, lot_number, market
    ) AS market
    GROUP BY manufacturer, lot_number
) AS r ON r.manufacturer = l.manufacturer AND r.lot_number = l.lot_number
WHERE l.step = 'packed'
