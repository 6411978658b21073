-- Reactive results of these persons that concern their later donations: on an earlier one, or on the donor.
CREATE TEMP TABLE fact_reactive ON COMMIT DROP AS
WITH reactive AS (
    SELECT tested, tested_id, tested_at, tested_at_offset_min
    FROM standing.test_result
    WHERE interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate')
        AND tested IN ('donation', 'donor') AND marker IS DISTINCT FROM 'anti-HBc' AND marker IS DISTINCT FROM 'syphilis'
)
SELECT f.person, f.donation_number, f.day
FROM reactive AS r
JOIN fact_donation AS f ON f.donation_number = r.tested_id
WHERE r.tested = 'donation' AND f.person IS NOT NULL AND f.day IS NOT NULL
UNION
SELECT k.person, NULL, lineage.local_day(r.tested_at, r.tested_at_offset_min, NULL)
FROM reactive AS r
JOIN fact_person AS k ON k.donor_key = r.tested_id
WHERE r.tested = 'donor' AND r.tested_at IS NOT NULL
