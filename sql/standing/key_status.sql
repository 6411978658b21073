-- What becomes of each key: how many versions stand, how many retractions of it are proposed, and whether what replaces
-- it may still come.
CREATE TEMP TABLE key_status ON COMMIT DROP AS
WITH standing AS (
    SELECT key, receipt, line, number, retraction, never, taken, shaken, due, in_force, there, why,
        max(number) FILTER (WHERE why IS NULL) OVER (PARTITION BY key) AS top_number
    FROM version_status
)
SELECT key,
    count(*) FILTER (WHERE why IS NULL) AS stands,
    count(*) FILTER (WHERE why IS NULL AND shaken OR retraction AND there AND number >= top_number) AS proposed,
    bool_or(taken AND due OR retraction AND NOT taken AND NOT never) AS due
FROM standing
GROUP BY key
