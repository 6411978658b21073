-- D07.earlier: no reactive result of the person before this donation, unless the donor was surely qualified again since.
-- Of each donation one such result is looked up: a person's many donations are not compared with each other.
WITH reactive AS (
    SELECT DISTINCT f.donation_number, f.day, f.person, qualified.since
    FROM (
        SELECT donation_number, person, day FROM fact_donation
        WHERE person IN (SELECT person FROM fact_reactive)
    ) AS f
    LEFT JOIN LATERAL (
        SELECT q.since
        FROM fact_requalified AS q
        WHERE q.person = f.person AND q.until <= f.day
        ORDER BY q.until DESC
        LIMIT 1
    ) AS qualified ON true
    CROSS JOIN LATERAL (
        SELECT FROM fact_reactive AS r
        WHERE r.person = f.person AND r.day >= coalesce(qualified.since, '-infinity') AND r.day < f.day
            AND r.donation_number IS DISTINCT FROM f.donation_number
        LIMIT 1
    ) AS earlier
)
SELECT
    f.donation_number,
    CASE
        WHEN f.person IS NULL OR f.day IS NULL THEN 'pending'
        WHEN reactive.donation_number IS NOT NULL THEN 'finding'
        ELSE 'pass'
    END AS outcome,
    CASE WHEN reactive.donation_number IS NOT NULL THEN (
        SELECT string_agg(DISTINCT r.rests_on, ' ' ORDER BY r.rests_on)
        FROM fact_reactive AS r
        WHERE r.person = reactive.person AND r.day >= coalesce(reactive.since, '-infinity') AND r.day < f.day
            AND r.donation_number IS DISTINCT FROM f.donation_number
    ) END AS rests_on
FROM fact_donation AS f
LEFT JOIN reactive USING (donation_number, day)
