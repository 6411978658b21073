-- D07.earlier: no reactive result of the person before this donation, unless the donor was qualified again since.
WITH reactive AS (
    SELECT DISTINCT f.donation_number, f.day
    FROM fact_reactive AS r
    JOIN fact_donation AS f USING (person)
    WHERE r.day < f.day AND r.donation_number IS DISTINCT FROM f.donation_number AND NOT EXISTS (
        SELECT FROM fact_deferral AS q
        WHERE q.person = f.person AND q.requalified_on > r.day AND q.requalified_on <= f.day
    )
)
SELECT
    f.donation_number,
    CASE
        WHEN f.person IS NULL OR f.day IS NULL THEN 'pending'
        WHEN reactive.donation_number IS NOT NULL THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_donation AS f
LEFT JOIN reactive USING (donation_number, day)
