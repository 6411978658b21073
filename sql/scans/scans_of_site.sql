-- Scans of the account's own site, the newest first, with who scanned: for nobody else.
BEGIN
    RETURN QUERY
    SELECT s.scan, s.at, s.by, s.purpose, s.kind, s.verdict, b.kind, b.booking
    FROM access.account AS a
    JOIN scanned.scan AS s ON s.site = a.site
    LEFT JOIN scanned.booking AS b ON b.scan = s.scan
    WHERE a.account = asked_account AND a.role IN ('pharmacist', 'nurse') AND a.ended_at IS NULL AND s.at > asked_since
    ORDER BY s.scan DESC
    LIMIT asked_most;
END
