-- The same at the account's own site.
BEGIN
    RETURN QUERY
    SELECT s.kind, s.name, s.serial
    FROM access.account AS a
    CROSS JOIN LATERAL scanned.stops(a.site) AS s
    WHERE a.account = asked_account AND a.role IN ('pharmacist', 'nurse') AND a.ended_at IS NULL;
END
