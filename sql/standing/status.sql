-- What becomes of each of these versions, as docs/versions.md says: whether it stands, and if not, why.
CREATE TEMP TABLE version_status ON COMMIT DROP AS
WITH last_decision AS (
    SELECT DISTINCT ON (d.key) d.key, d.receipt, d.line, d.against
    FROM judged.decision AS d
    WHERE d.record = :record AND d.key IN (SELECT v.key FROM key_version AS v)
        AND NOT EXISTS (SELECT FROM judged.decision_back AS b WHERE b.decision = d.decision)
    ORDER BY d.key, d.decision DESC
),
told AS (
    SELECT v.key, v.receipt, v.line, v.rank, v.number, v.numbered, v.graded, v.retraction, v.never,
        coalesce(w.taken, false) AS taken, coalesce(w.shaken, false) AS shaken, coalesce(w.due, false) AS due,
        v.retraction AND (coalesce(w.confirmed, false) OR NOT :two_people) AS in_force,
        coalesce(d.against @> jsonb_build_array(jsonb_build_array(v.receipt, v.line)), false) AS against,
        -- A decision says nothing any more once the version that it kept may itself be gone.
        NOT coalesce(kept.taken OR kept.shaken, false) AS decided
    FROM key_version AS v
    LEFT JOIN version_word AS w ON w.receipt = v.receipt AND w.line = v.line
    LEFT JOIN last_decision AS d ON d.key = v.key
    LEFT JOIN version_word AS kept ON kept.receipt = d.receipt AND kept.line = d.line
),
ranked AS (
    SELECT key, receipt, line, rank, number, numbered, graded, retraction, never, taken, shaken, due, in_force,
        NOT taken AND NOT (against AND decided) AS there,
        -- What is not certain is before nothing: else what may have to stand would be hidden.
        NOT taken AND NOT shaken AND NOT against AS certain,
        against AND decided AS decided_against
    FROM told
),
topped AS (
    -- What nobody knows is neither greater nor less than anything.
    SELECT key, receipt, line, rank, number, numbered, graded, retraction, never, taken, shaken, due, in_force,
        there, certain, decided_against,
        max(number) FILTER (WHERE certain AND NOT retraction AND numbered) OVER (PARTITION BY key) AS top_number,
        max(rank) FILTER (WHERE certain AND NOT retraction AND numbered AND graded) OVER (PARTITION BY key) AS top_rank,
        max(number) FILTER (WHERE certain AND in_force AND numbered) OVER (PARTITION BY key) AS top_retraction
    FROM ranked
),
completed AS (
    SELECT DISTINCT c.receipt, c.line
    FROM version_completes AS c
    JOIN ranked AS fuller ON fuller.receipt = c.by_receipt AND fuller.line = c.by_line
    WHERE fuller.certain
)
SELECT v.key, v.receipt, v.line, v.number, v.numbered, v.retraction, v.never, v.taken, v.shaken, v.due, v.in_force,
    v.there,
    CASE
        WHEN v.retraction THEN 'retraction'
        WHEN v.numbered AND (v.number < v.top_number OR v.graded AND v.rank < v.top_rank) THEN 'outranked'
        WHEN v.decided_against THEN 'decided'
        WHEN c.receipt IS NOT NULL THEN 'completed'
        WHEN v.taken OR v.numbered AND v.number < v.top_retraction THEN 'retracted'
    END AS why
FROM topped AS v
LEFT JOIN completed AS c ON c.receipt = v.receipt AND c.line = v.line
