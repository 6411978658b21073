-- Lots by the month in which they were made (UTC), their step and product; a lot whose versions differ counts under
-- each, and one of which nobody has said when it was made has no month.
SELECT
    (date_trunc('month', l.made_at, 'UTC') AT TIME ZONE 'UTC')::date AS month,
    l.step,
    l.product,
    count(DISTINCT (l.manufacturer, l.lot_number)) AS lots
FROM standing.lot AS l
GROUP BY 1, 2, 3
