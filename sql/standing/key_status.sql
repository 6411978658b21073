-- What becomes of each key: how many versions stand, how many retractions of it are proposed or leave what stands in
-- doubt, whether what replaces it may still come, and whether that is waited for whatever stands.
CREATE TEMP TABLE key_status ON COMMIT DROP AS
WITH standing AS (
    SELECT key, receipt, line, number, numbered, retraction, never, taken, shaken, due, in_force, there, why,
        coalesce(max(number) FILTER (WHERE why IS NULL AND numbered) OVER (PARTITION BY key), -1) AS top_number
    FROM version_status
),
doubted AS (
    SELECT key, why, taken, due, retraction, never,
        why IS NULL AND shaken OR retraction AND there AND (NOT numbered OR number >= top_number) AS proposed,
        -- What it corrected was said to be wrong, and stands only until it is told anew.
        why = 'retracted' AND taken AND due AND (NOT numbered OR number > top_number) AS replaced
    FROM standing
)
SELECT key,
    count(*) FILTER (WHERE why IS NULL) AS stands,
    count(*) FILTER (WHERE proposed OR replaced) AS proposed,
    bool_or(taken AND due OR retraction AND NOT taken AND NOT never) AS due,
    bool_or(coalesce(replaced, false)) AS awaited
FROM doubted
GROUP BY key
