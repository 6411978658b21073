-- Why something may not be decided now, in a word of REFUSALS (lots/pipeline/refused_decisions.py); nothing where it may. asked:
-- what is signed, as JSON; role and site: of who signs, no role where nobody is signed in; looked: what findings leave open.
DECLARE
    move judged.move;
    state text;
    found record;
BEGIN
    SELECT m.* INTO move FROM judged.move AS m WHERE m.thing = asked ->> 'thing' AND m.code = asked ->> 'move';
    IF move.code IS NULL THEN RETURN 'move'; END IF;
    IF (asked ->> 'norm')::integer IS DISTINCT FROM move.norm THEN RETURN 'norm'; END IF;
    IF role <> ALL (move.roles) THEN RETURN 'role'; END IF;
    -- In brackets: the condition would end at the first THEN.
    IF (CASE jsonb_typeof(asked -> 'key') WHEN 'array' THEN jsonb_array_length(asked -> 'key') END) IS DISTINCT FROM move.parts
        OR asked -> 'key' @> '[""]'
    THEN RETURN 'key'; END IF;

    -- Whose it is: a site's own people speak for their site alone, an order is the authority's, all else the holder's.
    IF move.site THEN
        IF coalesce(asked ->> 'owner', '') IN ('', 'holder', 'authority') OR asked ->> 'owner' <> site THEN RETURN 'owner'; END IF;
    ELSIF coalesce(asked ->> 'owner', '') NOT IN ('holder', 'authority') THEN RETURN 'owner';
    END IF;
    IF asked ->> 'owner' = 'authority' AND coalesce(asked -> 'given' ->> 'reference', '') = '' THEN RETURN 'given'; END IF;

    -- Of each what must be given, and nothing that says nothing.
    IF EXISTS (
        SELECT FROM unnest(move.give) AS name
        WHERE CASE name
            WHEN 'markets' THEN asked ->> 'markets' IS NULL
            WHEN 'readiness' THEN EXISTS (
                SELECT FROM unnest(move.pieces) AS piece
                WHERE NOT coalesce(
                    asked #> ARRAY['given', 'readiness', piece] = '{"met": true}'
                    OR btrim(asked #>> ARRAY['given', 'readiness', piece, 'document']) <> '', false)
            )
            WHEN 'hours' THEN coalesce(asked #>> '{given,hours}', '') !~ '^([1-9]|1[0-9]|2[0-4])$'
            WHEN 'depth' THEN coalesce(asked #>> '{given,depth}', '') NOT IN ('wholesale', 'retail', 'user')
            ELSE btrim(coalesce(asked -> 'given' ->> name, '')) = ''
        END
    ) THEN RETURN 'given'; END IF;
    -- An empty list would be read as everywhere, or as nowhere: neither is meant.
    IF asked -> 'markets' IN ('[]', '[""]') OR asked -> 'sites' IN ('[]', '[""]') OR asked -> 'packs' IN ('[]', '[""]')
        OR coalesce(asked ->> 'markets', asked ->> 'sites', asked ->> 'packs') IS NOT NULL AND move.thing <> 'lot'
        OR coalesce(asked ->> 'sites', asked ->> 'packs') IS NOT NULL AND move.state = 'released'
    THEN RETURN 'reach'; END IF;

    -- The state in every market that it is for: of all that holds there the worst.
    SELECT coalesce(
        (array_agg(e.state ORDER BY array_position(move.states, e.state) DESC))[1], move.states[1]
    ) INTO state
    FROM judged.in_effect AS e
    WHERE e.thing = move.thing AND e.key = asked -> 'key' AND (
        e.markets IS NULL OR asked ->> 'markets' IS NULL
        OR e.markets && ARRAY(SELECT jsonb_array_elements_text(asked -> 'markets'))
    );
    IF move.state IS NOT NULL AND state <> ALL (move.sources) THEN RETURN 'state'; END IF;
    IF jsonb_typeof(asked -> 'ends') IS DISTINCT FROM 'array' OR NOT move.ends AND asked -> 'ends' <> '[]'
        OR move.state IS NULL AND asked -> 'ends' = '[]' THEN RETURN 'ends'; END IF;
    IF EXISTS (
        SELECT FROM jsonb_array_elements_text(asked -> 'ends') AS ended
        LEFT JOIN judged.in_effect AS e
            ON e.disposition = ended::bigint AND e.thing = move.thing AND e.key = asked -> 'key'
                AND e.state = ANY (move.sources)
        WHERE e.disposition IS NULL
    ) THEN RETURN 'ends'; END IF;
    IF EXISTS (
        SELECT FROM jsonb_array_elements_text(asked -> 'ends') AS ended
        JOIN judged.in_effect AS e ON e.disposition = ended::bigint
        WHERE e.owner <> asked ->> 'owner'
    ) THEN RETURN 'owner'; END IF;

    IF move.thing = 'row' AND (
        asked #>> '{key,0}' !~ '^[0-9]{1,18}$' OR asked #>> '{key,1}' !~ '^[0-9]{1,18}$'
    ) THEN RETURN 'key'; END IF;
    -- Of a finding there is more to know than was decided of it.
    IF move.thing = 'finding' THEN
        IF asked #>> '{key,0}' !~ '^[0-9]{1,18}$' THEN RETURN 'key'; END IF;
        SELECT f.state, f.holds, f.rule INTO found
        FROM judged.finding_now AS f
        WHERE f.finding = (asked #>> '{key,0}')::bigint;
        IF found.state IS NULL THEN RETURN 'no finding'; END IF;
        IF found.state = 'closed' OR found.rule = 'contested' AND found.state = 'open' THEN RETURN 'state'; END IF;
        IF move.people = 1 AND found.holds <> 'nothing' THEN RETURN 'people'; END IF;
    END IF;
    IF move.thing = 'lot' AND 'readiness' = ANY (move.give) THEN
        IF NOT EXISTS (
            SELECT FROM lineage.node AS n
            WHERE n.maker = asked #>> '{key,0}' AND n.number = asked #>> '{key,1}' AND n.step = 'packed'
        ) THEN RETURN 'unknown'; END IF;
        IF judged.held_above(asked #>> '{key,0}', asked #>> '{key,1}') THEN RETURN 'held above'; END IF;
        IF (looked ->> 'failed')::boolean THEN RETURN 'failed'; END IF;
        IF (looked ->> 'unseen')::boolean THEN RETURN 'unseen'; END IF;
        IF (looked ->> 'met')::boolean THEN RETURN 'not met'; END IF;
    END IF;
    RETURN NULL;
END
