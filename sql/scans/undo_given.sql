-- Say that a vial was booked as given in error, and where it truly went, at the account's own site, once: by a pharmacist
-- and a nurse of it, whoever of them says it and whoever signs beside. Nothing where there is no such booking.
BEGIN
    INSERT INTO scanned.booking (
        at, site, by, kind, gtin, serial, lot_number, expires_on, vials, undoes, went, second, reason
    )
    SELECT
        asked_at, b.site, a.name, 'undone', b.gtin, b.serial, b.lot_number, b.expires_on, b.vials, b.booking, asked_went,
        beside.name, asked_reason
    FROM access.account AS a
    JOIN access.account AS beside USING (site)
    JOIN scanned.booking AS b USING (site)
    WHERE a.account = asked_account AND a.ended_at IS NULL AND beside.account = asked_second AND beside.ended_at IS NULL
        AND lower(btrim(a.full_name) COLLATE "C") <> lower(btrim(beside.full_name) COLLATE "C")
        AND (a.role, beside.role) IN (('pharmacist', 'nurse'), ('nurse', 'pharmacist'))
        AND b.booking = asked_number AND b.kind = 'given'
    ON CONFLICT (undoes) DO NOTHING
    RETURNING booking INTO undone;
END
