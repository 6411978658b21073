-- A donation's plasma units, and whether each went into a pool: {unit, pooled}.
SELECT DISTINCT plasma_unit.unit,
    EXISTS (SELECT FROM standing.pool_unit WHERE pool_unit.unit = plasma_unit.unit) AS pooled
FROM standing.plasma_unit
WHERE plasma_unit.donation_number = :donation
ORDER BY plasma_unit.unit
