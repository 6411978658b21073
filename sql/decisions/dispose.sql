-- Decide something of a thing: {disposition, refused, again}. What is refused, and why, a word says; then nothing was put.
-- session: of who signs; empty where nobody signed in, and then `speaker` is who is stated to say it. content: exactly
-- what is signed. once: the key under which it is asked for; asked again under it, it is answered and not done again.
DECLARE
    asked jsonb := content::jsonb;
    digest bytea := sha256(convert_to(content, 'UTF8'));
    who record;
    move judged.move;
    earlier record;
    fault text;
    put bigint;
    signed bigint;
    -- Before the locks: it takes long, and a stop waits for nobody who looks.
    looked jsonb := judged.looked(asked);
BEGIN
    PERFORM judged.alone(asked ->> 'thing', asked -> 'key', once);
    SELECT w.account, w.full_name, w.role, w.site INTO who FROM judged.signer(session, at) AS w;
    IF session IS NOT NULL AND who.account IS NULL THEN RETURN QUERY SELECT NULL::bigint, 'signed out', false; RETURN; END IF;
    SELECT w.disposition, w.of_once INTO earlier
    FROM judged.disposition_word AS w
    WHERE w.account = who.account AND w.once = dispose.once;
    IF earlier.disposition IS NOT NULL THEN
        RETURN QUERY SELECT earlier.disposition, CASE WHEN earlier.of_once IS DISTINCT FROM dispose.of_once THEN 'once' END, true;
        RETURN;
    END IF;
    fault := judged.fault(asked, who.role, who.site, looked);
    SELECT m.* INTO move FROM judged.move AS m WHERE m.thing = asked ->> 'thing' AND m.code = asked ->> 'move';
    -- A stop is never too late; all else is decided of what its page showed.
    IF fault IS NULL AND NOT move.stops
        AND judged.newest_word(asked ->> 'thing', asked -> 'key') IS DISTINCT FROM (asked ->> 'seen')::bigint THEN
        fault := 'moved on';
    END IF;
    IF fault IS NULL AND judged.overtaken(looked) THEN fault := 'overtaken'; END IF;
    IF fault IS NOT NULL THEN RETURN QUERY SELECT NULL::bigint, fault, false; RETURN; END IF;
    INSERT INTO judged.disposition (
        thing, key, move, state, people, stops, markets, sites, packs, ends, owner, given, content, sha256, norm, at
    ) VALUES (
        move.thing, asked -> 'key', move.code, move.state, move.people, move.stops,
        judged.texts(asked -> 'markets'), judged.texts(asked -> 'sites'), judged.texts(asked -> 'packs'),
        judged.texts(asked -> 'ends')::bigint[], asked ->> 'owner', asked -> 'given', content, digest, move.norm, at
    ) RETURNING disposition.disposition INTO put;
    IF session IS NOT NULL THEN
        SELECT s.signature INTO signed FROM judged.sign(session, meaning, move.thing || ': ' || move.code, digest, at) AS s;
    END IF;
    INSERT INTO judged.disposition_word (disposition, said, by, role, account, signature, meaning, sha256, once, of_once, at)
    VALUES (
        put, CASE WHEN session IS NULL THEN 'stated' ELSE 'signed' END, coalesce(who.full_name, speaker), who.role,
        who.account, signed, meaning, digest, dispose.once, dispose.of_once, at
    );
    RETURN QUERY SELECT put, NULL::text, false;
END
