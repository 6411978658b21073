-- D07: every marker asked for was looked for in the donation or its minipools, and not found.
WITH day AS (
    SELECT DISTINCT jurisdiction, plasma_kind, day FROM fact_screening
),
required AS (
    SELECT day.jurisdiction, day.plasma_kind, day.day, bit_or(1 << marker.bit) AS bits
    FROM day
    JOIN reference.screening_requirement AS q
        ON q.jurisdiction = day.jurisdiction AND q.plasma_kind = day.plasma_kind AND q.level = 'donation'
        AND q.in_force @> day.day
    JOIN marker USING (marker)
    GROUP BY day.jurisdiction, day.plasma_kind, day.day
),
asked AS (
    SELECT f.donation_number, f.day, f.jurisdiction, f.plasma_kind, f.bad, f.good, f.mixed_bad, f.mixed_good,
        f.rests_on, required.bits
    FROM fact_screening AS f
    LEFT JOIN required USING (jurisdiction, plasma_kind, day)
),
judged AS (
    SELECT donation_number, day, jurisdiction, plasma_kind, bits, rests_on,
        bits & (bad | (mixed_bad & ~good)) AS found,
        bits & ~(bad | mixed_bad | good | mixed_good) AS missing
    FROM asked
)
SELECT
    donation_number,
    CASE
        WHEN bits IS NULL THEN 'pending'
        WHEN found <> 0 THEN 'finding'
        WHEN missing <> 0 THEN 'pending'
        ELSE 'pass'
    END AS outcome,
    concat_ws(' ', found, rests_on) AS rests_on,
    CASE WHEN found = 0 AND missing <> 0 THEN day + (
        -- All of the missing ones are waited for; of a requirement with several versions the earliest day counts.
        SELECT coalesce(max(term.days) FILTER (WHERE term.sure), max(term.days))
        FROM (
            SELECT min(q.term_days) AS days, bool_and(q.term_days IS NOT NULL) AS sure
            FROM reference.screening_requirement AS q
            JOIN marker USING (marker)
            WHERE q.jurisdiction = judged.jurisdiction AND q.plasma_kind = judged.plasma_kind AND q.level = 'donation'
                AND q.in_force @> judged.day AND judged.missing & (1 << marker.bit) <> 0
            GROUP BY q.marker
        ) AS term
    ) END AS due_on
FROM judged
