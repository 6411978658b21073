-- D07.earlier: no reactive result of the person before this donation, unless the donor was qualified again since.
SELECT
    f.donation_number,
    CASE
        WHEN f.person IS NULL OR f.day IS NULL THEN 'pending'
        WHEN EXISTS (
            SELECT FROM fact_reactive AS r
            WHERE r.person = f.person AND r.day < f.day AND r.donation_number IS DISTINCT FROM f.donation_number
                AND NOT EXISTS (
                    SELECT FROM fact_deferral AS q
                    WHERE q.person = f.person AND q.requalified_on > r.day AND q.requalified_on <= f.day
                )
        ) THEN 'finding'
        ELSE 'pass'
    END AS outcome
FROM fact_donation AS f
