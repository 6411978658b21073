-- What was refused and need not be waited for any more (docs/versions.md): {receipt, line, why, by}, the line empty for a
-- file as a whole. A word of the file counts for each of its lines until one of that line is said later.
WITH word AS (  -- the last that was said of each line, and of each file
    SELECT DISTINCT ON (w.receipt, w.line) w.receipt, w.line, w.word, w.said, w.by
    FROM judged.refused_word AS w
    ORDER BY w.receipt, w.line, w.word DESC
),
-- Read where it is asked for: whoever asks for files as a whole looks at no line.
line AS NOT MATERIALIZED (
    SELECT r.receipt, r.line, CASE WHEN own.word > coalesce(whole.word, 0) THEN own.said ELSE whole.said END AS said,
        CASE WHEN own.word > coalesce(whole.word, 0) THEN own.by ELSE whole.by END AS by, EXISTS (
            SELECT FROM judged.key_came AS c
            WHERE c.receipt = r.receipt AND c.record = b.record AND c.key = r.key
        ) AS came
    FROM receiving.refused AS r
    JOIN receiving.receipt AS b USING (receipt)
    LEFT JOIN word AS own ON own.receipt = r.receipt AND own.line = r.line
    LEFT JOIN word AS whole ON whole.receipt = r.receipt AND whole.line IS NULL
),
file AS (
    SELECT b.receipt, last.said, last.by,
        CASE b.status
            WHEN 'refused' THEN EXISTS (SELECT FROM receiving.legible AS l WHERE l.receipt = b.receipt) AND NOT EXISTS (
                SELECT FROM receiving.legible AS l
                WHERE l.receipt = b.receipt AND NOT EXISTS (
                    SELECT FROM judged.key_came AS c
                    WHERE c.receipt = l.receipt AND c.record = l.record AND c.key = l.key
                )
            )
            WHEN 'all_refused' THEN NOT EXISTS (
                SELECT FROM line
                WHERE line.receipt = b.receipt AND NOT (line.came OR line.said IS NOT DISTINCT FROM 'not_awaited')
            )
            ELSE false
        END AS came
    FROM receiving.receipt AS b
    LEFT JOIN LATERAL (
        SELECT w.said, w.by FROM judged.refused_word AS w
        WHERE w.receipt = b.receipt AND w.line IS NULL ORDER BY w.word DESC LIMIT 1
    ) AS last ON true
    WHERE b.status IN ('refused', 'abandoned', 'all_refused')
),
either AS (
    SELECT receipt, line, came, said, by FROM line
    UNION ALL
    SELECT receipt, NULL, came, said, by FROM file
)
SELECT receipt, line, CASE WHEN came THEN 'came' ELSE 'said' END AS why, CASE WHEN came THEN '' ELSE by END AS by
FROM either
WHERE came OR said = 'not_awaited'
