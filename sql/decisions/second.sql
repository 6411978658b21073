-- Sign what another person proposed: {refused, again}. digest: of what the signer was shown; seen: the newest word on the
-- thing that the signer was shown.
DECLARE
    who record;
    asked record;
    move judged.move;
    earlier record;
    fault text;
    signed bigint;
    looked jsonb;
BEGIN
    SELECT d.thing, d.key, d.content INTO asked FROM judged.disposition AS d WHERE d.disposition = of_disposition;
    -- Before the locks: it takes long, and a stop waits for nobody who looks.
    looked := judged.looked(asked.content::jsonb);
    PERFORM judged.alone(asked.thing, asked.key, once);
    SELECT w.account, w.full_name, w.role, w.site INTO who FROM judged.signer(session, at) AS w;
    IF who.account IS NULL THEN RETURN QUERY SELECT 'signed out', false; RETURN; END IF;
    SELECT w.disposition INTO earlier
    FROM judged.disposition_word AS w
    WHERE w.account = who.account AND w.once = second.once;
    IF earlier.disposition IS NOT NULL THEN
        RETURN QUERY SELECT CASE WHEN earlier.disposition <> of_disposition THEN 'once' END, true;
        RETURN;
    END IF;
    SELECT d.thing, d.key, d.move, d.sha256, d.content, d.standing, d.people INTO asked
    FROM judged.disposition_signed AS d
    WHERE d.disposition = of_disposition;
    SELECT m.* INTO move FROM judged.move AS m WHERE m.thing = asked.thing AND m.code = asked.move;
    fault := CASE
        WHEN asked.standing IS DISTINCT FROM 'proposed' THEN 'not proposed'
        WHEN asked.sha256 IS DISTINCT FROM digest THEN 'content'
        WHEN EXISTS (
            SELECT FROM judged.disposition_word AS w
            WHERE w.disposition = of_disposition
                AND (w.account = who.account OR lower(btrim(w.by) COLLATE "C") = lower(btrim(who.full_name) COLLATE "C"))
        ) THEN 'same person'
        WHEN judged.newest_word(asked.thing, asked.key) IS DISTINCT FROM seen THEN 'moved on'
        ELSE judged.fault(asked.content::jsonb, who.role, who.site, looked)
    END;
    -- Whoever signs last: with this signature there must be one of those who must be among them.
    IF fault IS NULL AND move.needs <> '{}' AND NOT who.role = ANY (move.needs) AND asked.people <= 1 + (
        SELECT count(DISTINCT w.account) FROM judged.disposition_word AS w
        WHERE w.disposition = of_disposition AND w.said = 'signed'
    ) AND NOT EXISTS (
        SELECT FROM judged.disposition_word AS w
        WHERE w.disposition = of_disposition AND w.said = 'signed' AND w.role = ANY (move.needs)
    ) THEN
        fault := 'needs';
    END IF;
    IF fault IS NULL AND judged.overtaken(looked) THEN fault := 'overtaken'; END IF;
    IF fault IS NOT NULL THEN RETURN QUERY SELECT fault, false; RETURN; END IF;
    SELECT s.signature INTO signed FROM judged.sign(session, meaning, asked.thing || ': ' || asked.move, digest, at) AS s;
    INSERT INTO judged.disposition_word (disposition, said, by, role, account, signature, meaning, sha256, once, at)
    VALUES (of_disposition, 'signed', who.full_name, who.role, who.account, signed, meaning, digest, second.once, at);
    RETURN QUERY SELECT NULL::text, false;
END
