-- Keys that statements join, directly or through others, are one person's: the least of them names the person.
CREATE TEMP TABLE person_new ON COMMIT DROP AS
WITH RECURSIVE pair (kind, one, other) AS (
    SELECT kind, one_key, other_key FROM standing.same_person
    WHERE status = 'stated' AND kind IS NOT NULL AND one_key IS NOT NULL AND other_key IS NOT NULL
    UNION
    SELECT kind, other_key, one_key FROM standing.same_person
    WHERE status = 'stated' AND kind IS NOT NULL AND one_key IS NOT NULL AND other_key IS NOT NULL
),
joined (kind, key, other) AS (
    SELECT kind, one, one FROM pair
    UNION
    SELECT joined.kind, joined.key, pair.other
    FROM joined
    JOIN pair ON pair.kind = joined.kind AND pair.one = joined.other
)
-- The least, so that a person is called the same in whatever order the statements came.
SELECT kind, key, min(other COLLATE "C") AS person FROM joined GROUP BY kind, key
