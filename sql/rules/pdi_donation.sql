-- PDI.donation: nothing became known of the donation, or of its donor, afterwards.
SELECT
    f.donation_number,
    CASE WHEN EXISTS (
        SELECT FROM standing.post_donation_information AS i WHERE i.donation_number = f.donation_number
    ) OR EXISTS (
        SELECT FROM fact_person AS k
        JOIN standing.post_donation_information AS i USING (donor_key)
        WHERE k.person = f.person AND coalesce(i.effective_on <= f.day, true)
    ) THEN 'notice' ELSE 'pass' END AS outcome
FROM fact_donation AS f
