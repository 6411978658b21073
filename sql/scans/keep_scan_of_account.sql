-- The same for an account: its site is the account's own. Nothing where the account is no site's, or has ended.
DECLARE
    of_site text;
    of_name text;
BEGIN
    SELECT a.site, a.name INTO of_site, of_name
    FROM access.account AS a
    WHERE a.account = asked_account AND a.role IN ('pharmacist', 'nurse') AND a.ended_at IS NULL;
    IF of_site IS NOT NULL THEN
        kept := scanned.keep_scan(
            of_site, of_name, asked_at, asked_purpose, asked_vials, asked_kind, asked_length, asked_readings, asked_patient,
            asked_verdict, asked_grounds, asked_unmade, asked_norm, asked_sent_as, asked_scanned_at
        );
    END IF;
END
