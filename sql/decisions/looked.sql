-- What findings leave open of a readiness that is attested, {failed, unseen, met}, and on what that stands: {entry, linked}, the
-- newest entry and the newest that is linked. Nothing where none is attested. asked: what is signed, as JSON.
BEGIN
    IF asked ->> 'thing' IS DISTINCT FROM 'lot' OR NOT EXISTS (
        SELECT FROM judged.move AS m
        WHERE m.thing = 'lot' AND m.code = asked ->> 'move' AND 'readiness' = ANY (m.give)
    ) THEN RETURN NULL; END IF;
    RETURN (
        -- What a finding holds is not met. Who signs has seen each of them: a document settles none that came after it.
        SELECT jsonb_build_object(
            'failed', bool_or(o.failed),
            'unseen', bool_or(NOT coalesce(asked #> '{given,findings}' @> to_jsonb(o.finding), false)),
            'met', bool_or(asked #> ARRAY['given', 'readiness', o.piece, 'met'] IS NOT NULL),
            -- By the same snapshot: what it does not see has a later entry.
            'entry', (SELECT coalesce(max(entry), 0) FROM ledger.entry),
            'linked', (SELECT coalesce(max(entry), 0) FROM lineage.progress)
        )
        FROM judged.open_pieces(asked #>> '{key,0}', asked #>> '{key,1}') AS o
    );
END
