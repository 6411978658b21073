-- Book what a scan was for, at the account's own site; its number, nothing where there is no such scan.
BEGIN
    INSERT INTO scanned.booking (
        at, site, by, kind, scan, gtin, serial, lot_number, expires_on, vials, to_kind, patient, preparation, overrides,
        second, treatment_order, reason
    )
    SELECT
        asked_at, s.site, a.name,
        CASE s.purpose
            WHEN 'receive' THEN 'received'
            WHEN 'dispense' THEN 'dispensed'
            WHEN 'prepare' THEN 'prepared'
            WHEN 'give' THEN 'given'
            WHEN 'return' THEN 'returned'
        END,
        s.scan, pack ->> 'gtin', pack ->> 'serial', pack ->> 'lot_number', pack ->> 'expires_on', asked_vials,
        asked_to_kind, asked_patient, asked_preparation, asked_overrides, asked_second, asked_treatment_order, asked_reason
    FROM access.account AS a
    JOIN scanned.scan AS s ON s.site = a.site
    CROSS JOIN LATERAL (SELECT s.readings -> 0) AS one (pack)
    WHERE a.account = asked_account AND a.role IN ('pharmacist', 'nurse') AND a.ended_at IS NULL AND s.scan = asked_number
        AND jsonb_array_length(s.readings) = 1
    RETURNING booking INTO booked;
END
