-- D05.sex: haemoglobin is at least the limit of the donor's sex.
WITH sex AS (
    SELECT DISTINCT k.person, d.sex
    FROM fact_person AS k
    JOIN standing.donor AS d USING (donor_key)
    WHERE d.sex IS NOT NULL
)
SELECT
    f.donation_number,
    CASE
        WHEN NOT f.has_scheme THEN 'pending'
        WHEN f.haemoglobin_f_g_dl IS NULL AND f.haemoglobin_m_g_dl IS NULL THEN 'not_applicable'
        WHEN sex.sex = 'F' AND f.haemoglobin_g_dl < f.haemoglobin_f_g_dl THEN 'finding'
        WHEN sex.sex = 'M' AND f.haemoglobin_g_dl < f.haemoglobin_m_g_dl THEN 'finding'
        WHEN f.haemoglobin_g_dl IS NULL OR sex.sex IS NULL THEN 'pending'
        WHEN sex.sex = 'F' AND f.haemoglobin_f_g_dl IS NULL THEN 'not_applicable'
        WHEN sex.sex = 'M' AND f.haemoglobin_m_g_dl IS NULL THEN 'not_applicable'
        ELSE 'pass'
    END AS outcome,
    sex.sex AS rests_on
FROM fact_donation AS f
LEFT JOIN sex USING (person)
