-- Keep a scan with its verdict; its number. One that a page sent before under the same number is not kept again.
BEGIN
    INSERT INTO scanned.scan (
        at, site, by, purpose, vials, kind, length, readings, patient, verdict, grounds, unmade, norm, sent_as, scanned_at
    )
    VALUES (
        asked_at, asked_site, CASE WHEN asked_kind = 'product' THEN asked_by END, asked_purpose, asked_vials, asked_kind,
        asked_length, asked_readings, CASE WHEN asked_kind = 'product' THEN asked_patient END, asked_verdict, asked_grounds,
        asked_unmade, asked_norm, asked_sent_as, asked_scanned_at
    )
    ON CONFLICT (site, sent_as) DO NOTHING
    RETURNING scan INTO kept;
    IF kept IS NULL THEN
        SELECT s.scan INTO kept FROM scanned.scan AS s WHERE s.site = asked_site AND s.sent_as = asked_sent_as;
    END IF;
END
