-- Undo a booking of the account's own site, within ten days, once; nothing where there is none. What was given is not
-- undone so: it takes two people (undo_given.sql).
BEGIN
    INSERT INTO scanned.booking (
        at, site, by, kind, gtin, serial, lot_number, expires_on, vials, undoes, reason
    )
    SELECT asked_at, b.site, a.name, 'undone', b.gtin, b.serial, b.lot_number, b.expires_on, b.vials, b.booking, asked_reason
    FROM access.account AS a
    JOIN scanned.booking AS b ON b.site = a.site
    WHERE a.account = asked_account AND a.role = 'pharmacist' AND a.ended_at IS NULL AND b.booking = asked_number
        AND b.kind IN ('dispensed', 'prepared') AND b.at > asked_at - interval '10 days'
    ON CONFLICT (undoes) DO NOTHING
    RETURNING booking INTO undone;
END
