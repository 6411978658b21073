-- D11: not given while deferred; nor, unless pooled, in the window before a deferral for a reactive result.
WITH judged AS (
    SELECT
        f.donation_number, f.person, f.has_scheme,
        bool_or(
            q.deferred_from <= f.day AND coalesce(q.deferred_until >= f.day, true)
            AND coalesce(q.requalified_on > f.day, true)
        ) AS deferred,
        bool_or(
            q.cause = 'reactive_result' AND f.day < q.deferred_from
            AND f.day >= (q.deferred_from - make_interval(months => f.lookback_months))::date
        ) AS before
    FROM fact_donation AS f
    LEFT JOIN fact_deferral AS q USING (person)
    GROUP BY f.donation_number, f.person, f.has_scheme, f.day, f.lookback_months
)
SELECT
    j.donation_number,
    CASE
        WHEN j.deferred THEN 'finding'
        WHEN NOT j.has_scheme OR j.person IS NULL THEN 'pending'
        WHEN NOT coalesce(j.before, false) THEN 'pass'
        WHEN EXISTS (SELECT FROM standing.plasma_unit AS u WHERE u.donation_number = j.donation_number)
            AND NOT EXISTS (
                SELECT FROM standing.plasma_unit AS u
                WHERE u.donation_number = j.donation_number
                    AND NOT EXISTS (SELECT FROM standing.pool_unit AS p WHERE p.unit = u.unit)
            ) THEN 'notice'
        ELSE 'finding'
    END AS outcome
FROM judged AS j
