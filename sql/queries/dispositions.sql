-- Dispositions, one of them or all, those that wait for a signature first, then the newest: {disposition, standing, thing,
-- key, move, state, markets, sites, packs, owner, ends, given, people, words, at, sha256, seen, cites}.
SELECT
    d.disposition,
    CASE
        WHEN d.standing = 'in force' AND d.state IS NOT NULL AND e.disposition IS NULL THEN 'ended'
        ELSE d.standing
    END AS standing,
    d.thing, d.key, d.move, d.state, d.markets, d.sites, d.packs, d.owner, d.ends, d.given, d.people, said.words, d.at,
    encode(d.sha256, 'hex') AS sha256, said_of.newest AS seen
FROM judged.disposition_signed AS d
LEFT JOIN judged.in_effect AS e USING (disposition)
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(w.by, w.role, w.said, w.meaning, w.at) ORDER BY w.word) AS words
    FROM judged.disposition_word AS w
    WHERE w.disposition = d.disposition
) AS said
CROSS JOIN LATERAL (
    SELECT max(w.word) AS newest
    FROM judged.disposition AS same
    JOIN judged.disposition_word AS w USING (disposition)
    WHERE same.thing = d.thing AND same.key = d.key
) AS said_of
WHERE (CAST(:of_disposition AS bigint) IS NULL OR d.disposition = :of_disposition)
    AND (CAST(:thing AS text) IS NULL OR d.thing = :thing AND d.key = CAST(:key AS jsonb))
ORDER BY d.standing = 'proposed' DESC, d.disposition DESC
LIMIT :most
