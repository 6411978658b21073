-- Whether anything came since somebody looked that findings may hang on; none comes then until the transaction ends.
BEGIN
    IF looked IS NULL THEN RETURN false; END IF;
    -- The ledger's own: an entry gets its number under it, so that what is signed comes before whatever was not looked at.
    PERFORM pg_advisory_xact_lock(7145001);
    RETURN EXISTS (
        SELECT FROM ledger.entry AS e
        WHERE e.entry > (looked ->> 'entry')::bigint
            -- Of these none opens a finding or links a row.
            AND e.kind NOT IN ('arrival', 'booking', 'look', 'question', 'scan')
    ) OR (SELECT coalesce(max(entry), 0) FROM lineage.progress) <> (looked ->> 'linked')::bigint;
END
