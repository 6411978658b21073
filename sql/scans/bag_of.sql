-- The scans by which vials came into a bag of the account's own site, and are in it still.
BEGIN
    RETURN QUERY
    SELECT s.scan, s.at, s.site, s.purpose, b.vials, s.readings, s.patient, s.verdict
    FROM access.account AS a
    JOIN scanned.booking AS b ON b.site = a.site
    JOIN scanned.scan AS s USING (scan)
    WHERE a.account = asked_account AND a.role IN ('pharmacist', 'nurse') AND a.ended_at IS NULL
        AND b.preparation = asked_preparation AND b.kind = 'prepared'
        AND NOT EXISTS (SELECT FROM scanned.booking AS u WHERE u.undoes = b.booking)
    ORDER BY s.scan;
END
