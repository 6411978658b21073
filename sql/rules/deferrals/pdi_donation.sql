-- PDI.donation: nothing became known of the donation, or of its donor, afterwards.
WITH named AS (
    SELECT DISTINCT donation_number FROM standing.post_donation_information WHERE donation_number IS NOT NULL
),
told AS (
    SELECT k.person, min(coalesce(i.effective_on, '-infinity')) AS since
    FROM fact_person AS k
    JOIN standing.post_donation_information AS i USING (donor_key)
    GROUP BY k.person
)
SELECT
    f.donation_number,
    CASE WHEN named.donation_number IS NOT NULL OR told.since IS NOT NULL AND coalesce(told.since <= f.day, true)
        THEN 'notice' ELSE 'pass' END AS outcome
FROM fact_donation AS f
LEFT JOIN named USING (donation_number)
LEFT JOIN told USING (person)
