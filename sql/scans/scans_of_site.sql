-- Scans of the account's own site, the newest first, with who scanned, what was booked and whether that was undone: for
-- nobody else. With a number only the scan of that booking.
BEGIN
    RETURN QUERY
    SELECT s.scan, s.at, s.by, s.purpose, s.kind, s.verdict, b.kind, b.booking,
        CASE
            WHEN jsonb_array_length(s.readings) = 1
                THEN concat_ws(' · ', s.readings #>> '{0,gtin}', s.readings #>> '{0,serial}', s.readings #>> '{0,lot_number}')
        END,
        coalesce(u.went, CASE WHEN u.booking IS NOT NULL THEN 'undone' END)
    FROM access.account AS a
    JOIN scanned.scan AS s ON s.site = a.site
    LEFT JOIN scanned.booking AS b ON b.scan = s.scan
    LEFT JOIN scanned.booking AS u ON u.undoes = b.booking
    WHERE a.account = asked_account AND a.role IN ('pharmacist', 'nurse') AND a.ended_at IS NULL AND s.at > asked_since
        AND (asked_booking IS NULL OR b.booking = asked_booking)
    ORDER BY s.scan DESC
    LIMIT asked_most;
END
