-- Reactive results of these persons by agent (none: no earlier donations are looked for), each with its day.
CREATE TEMP TABLE fact_bad ON COMMIT DROP AS
WITH reactive AS (
    SELECT tested, tested_id, marker, tested_at, tested_at_offset_min
    FROM standing.test_result
    WHERE interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate') AND tested IN ('donation', 'donor')
)
SELECT t.person, a.agent, t.day
FROM fact_traced AS t
JOIN reactive AS r ON r.tested_id = t.donation_number
LEFT JOIN fact_agent AS a USING (marker)
WHERE r.tested = 'donation'
UNION
SELECT k.person, a.agent, lineage.local_day(r.tested_at, r.tested_at_offset_min, NULL)
FROM (SELECT DISTINCT person FROM fact_traced) AS t
JOIN fact_person AS k USING (person)
JOIN reactive AS r ON r.tested_id = k.donor_key
LEFT JOIN fact_agent AS a USING (marker)
WHERE r.tested = 'donor'
