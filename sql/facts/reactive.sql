-- Reactive results of these persons that concern their later donations: on an earlier one, or on the donor.
CREATE TEMP TABLE fact_reactive ON COMMIT DROP AS
WITH reactive AS (
    SELECT tested, tested_id, tested_at, tested_at_offset_min, encode(content, 'hex') AS rests_on
    FROM standing.test_result
    WHERE interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate')
        AND tested IN ('donation', 'donor') AND marker IS DISTINCT FROM 'anti-HBc' AND marker IS DISTINCT FROM 'syphilis'
)
SELECT k.person, d.donation_number, at.day, r.rests_on
FROM reactive AS r
JOIN standing.donation AS d ON d.donation_number = r.tested_id
JOIN fact_person AS k USING (donor_key)
LEFT JOIN lineage.place AS pl ON pl.party = d.centre
CROSS JOIN LATERAL (SELECT lineage.local_day(d.collected_at, d.collected_at_offset_min, pl.zone)) AS at (day)
WHERE r.tested = 'donation' AND at.day IS NOT NULL
UNION
SELECT k.person, NULL, lineage.local_day(r.tested_at, r.tested_at_offset_min, NULL), r.rests_on
FROM reactive AS r
JOIN fact_person AS k ON k.donor_key = r.tested_id
WHERE r.tested = 'donor' AND r.tested_at IS NOT NULL
