-- Whether two signed a rule in advance to stop lots by; whoever signs one waits then until this transaction ends.
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7145013);
    RETURN EXISTS (SELECT FROM judged.in_effect AS e WHERE e.thing = 'rule');
END
