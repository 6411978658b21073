-- A scan of the account's own site, of which nothing was booked yet. Until the transaction ends nobody else books of the
-- same pack: what is looked up after this stands until then.
DECLARE
    of_pack jsonb;
BEGIN
    SELECT s.scan, s.at, s.site, s.purpose, s.vials, s.readings, s.patient, s.verdict
    INTO scan, at, site, purpose, vials, readings, patient, verdict
    FROM access.account AS a
    JOIN scanned.scan AS s ON s.site = a.site
    WHERE a.account = asked_account AND a.role IN ('pharmacist', 'nurse') AND a.ended_at IS NULL AND s.scan = asked_number
        AND NOT EXISTS (SELECT FROM scanned.booking AS b WHERE b.scan = s.scan);
    -- By its first reading; one that has several is not booked.
    of_pack := readings -> 0;
    IF of_pack IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended((of_pack ->> 'gtin') || '/' || (of_pack ->> 'serial'), 7145011));
    END IF;
END
