-- Wait until nobody else decides of this thing: of two at once the second is told what the first made of it. Of another
-- thing nobody waits for it. once: the key of the request, of which the same holds.
BEGIN
    -- In this order everywhere, and the ledger's lock after them.
    IF once IS NOT NULL THEN PERFORM pg_advisory_xact_lock(7145012, hashtext(once)); END IF;
    PERFORM pg_advisory_xact_lock(7145007, hashtext(of_thing || of_key::text));
    -- Evaluations hold it from before their entry gets its number until their end (rules_in_advance.sql).
    IF of_thing = 'rule' THEN PERFORM pg_advisory_xact_lock(7145013); END IF;
END
