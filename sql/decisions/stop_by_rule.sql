-- Stop a packed lot by a rule that two signed in advance, for a finding of that rule that is open and was opened since:
-- the stop's number; nothing where the rule is not in effect or the finding no such one, or this one stopped it already.
DECLARE
    signed record;
    content text;
    put bigint;
BEGIN
    PERFORM judged.alone('lot', jsonb_build_array(maker, number), NULL);
    SELECT s.rule, s.instruction INTO signed
    FROM judged.stopped_by_rule AS s
    WHERE s.signed = by_rule AND s.finding = for_finding;
    IF signed.rule IS NULL OR EXISTS (
        SELECT FROM judged.disposition AS d
        WHERE d.thing = 'lot' AND d.key = jsonb_build_array(maker, number) AND d.cites = by_rule
            AND d.given ->> 'finding' = for_finding::text
    ) THEN
        RETURN NULL;
    END IF;
    content := jsonb_build_object(
        'thing', 'lot', 'key', jsonb_build_array(maker, number), 'move', 'stop', 'cites', by_rule, 'finding', for_finding
    )::text;
    INSERT INTO judged.disposition (
        thing, key, move, state, people, stops, ends, owner, given, cites, content, sha256, norm, at
    )
    SELECT
        m.thing, jsonb_build_array(maker, number), m.code, m.state, 1, m.stops, '{}', 'holder',
        jsonb_build_object(
            'ground', 'A finding of ' || signed.rule || ', as decision ' || by_rule || ' says.',
            'instruction', signed.instruction, 'finding', for_finding::text
        ), by_rule, content, sha256(convert_to(content, 'UTF8')), m.norm, at
    FROM judged.move AS m
    WHERE m.thing = 'lot' AND m.code = 'stop' AND m.rule
    RETURNING disposition.disposition INTO put;
    INSERT INTO judged.disposition_word (disposition, said, by, meaning, sha256, at)
    SELECT d.disposition, 'stated', 'rule ' || signed.rule, 'Signed in advance: decision ' || by_rule, d.sha256, d.at
    FROM judged.disposition AS d
    WHERE d.disposition = put;
    RETURN put;
END
