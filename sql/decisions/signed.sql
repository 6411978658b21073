-- Dispositions, each with how far it is signed: proposed, in force, or withdrawn before it was. In whatever order words
-- came: one that needs two is in force by signatures of two accounts over exactly what it says, and by nothing else;
-- of one that needs one, only what stops holds by the word of who is not signed in.
SELECT
    d.disposition, d.thing, d.key, d.move, d.state, d.people, d.stops, d.markets, d.sites, d.packs, d.ends, d.owner, d.given,
    d.cites, d.content, d.sha256, d.norm, d.at,
    CASE
        WHEN said.withdrawn THEN 'withdrawn'
        WHEN said.signed >= d.people OR d.stops AND said.stated THEN 'in force'
        ELSE 'proposed'
    END AS standing
FROM judged.disposition AS d
CROSS JOIN LATERAL (
    SELECT
        count(DISTINCT w.account) FILTER (WHERE w.said = 'signed' AND w.sha256 = d.sha256) AS signed,
        coalesce(bool_or(w.said = 'stated'), false) AS stated,
        coalesce(bool_or(w.said = 'withdrawn'), false) AS withdrawn
    FROM judged.disposition_word AS w
    WHERE w.disposition = d.disposition
) AS said
