-- Withdraw what is proposed, by whoever might sign it: {refused}.
DECLARE
    who record;
    asked record;
    move judged.move;
BEGIN
    PERFORM judged.alone(d.thing, d.key, NULL) FROM judged.disposition AS d WHERE d.disposition = of_disposition;
    SELECT w.account, w.full_name, w.role, w.site INTO who FROM judged.signer(session, at) AS w;
    IF session IS NOT NULL AND who.account IS NULL THEN RETURN QUERY SELECT 'signed out'; RETURN; END IF;
    SELECT d.thing, d.move, d.sha256, d.standing INTO asked
    FROM judged.disposition_signed AS d
    WHERE d.disposition = of_disposition;
    SELECT m.* INTO move FROM judged.move AS m WHERE m.thing = asked.thing AND m.code = asked.move;
    IF asked.standing IS DISTINCT FROM 'proposed' THEN RETURN QUERY SELECT 'not proposed'; RETURN; END IF;
    IF who.role <> ALL (move.roles) THEN RETURN QUERY SELECT 'role'; RETURN; END IF;
    INSERT INTO judged.disposition_word (disposition, said, by, role, account, meaning, sha256, at)
    VALUES (of_disposition, 'withdrawn', coalesce(who.full_name, speaker), who.role, who.account, meaning, asked.sha256, at);
    RETURN QUERY SELECT NULL::text;
END
