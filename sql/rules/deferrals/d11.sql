-- D11: not given while deferred; nor, unless pooled, in the look-back window of a deferral for a reactive result.
-- A window of more than 2,000 years is one of 2,000: no day is so far from another, and PostgreSQL's days have an end.
WITH judged AS (
    SELECT
        f.donation_number, f.person, f.has_scheme, (
            SELECT string_agg(DISTINCT q.rests_on, ' ' ORDER BY q.rests_on)
            FROM fact_deferral AS q
            WHERE q.person = f.person AND q.deferred_from <= f.day AND coalesce(q.deferred_until >= f.day, true)
                AND coalesce(q.requalified_on > f.day, true)
        ) AS deferred,
        (
            SELECT string_agg(concat_ws('/', w.deferred_from, w.last_good), ' ' ORDER BY w.deferred_from, w.last_good)
            FROM fact_window AS w
            WHERE w.person = f.person AND f.day < w.deferred_from AND f.lookback_months IS NOT NULL
                AND coalesce(
                    f.day >= (w.last_good - make_interval(months => least(f.lookback_months, 24000)))::date, true
                )
        ) AS before
    FROM fact_donation AS f
)
SELECT
    j.donation_number,
    CASE
        WHEN j.deferred IS NOT NULL THEN 'finding'
        WHEN NOT j.has_scheme OR j.person IS NULL THEN 'pending'
        WHEN j.before IS NULL THEN 'pass'
        WHEN EXISTS (  -- one that is this donation's by all of its versions
            SELECT FROM standing.plasma_unit AS u
            WHERE u.donation_number = j.donation_number AND NOT EXISTS (
                SELECT FROM standing.plasma_unit AS o
                WHERE o.unit = u.unit AND o.donation_number IS DISTINCT FROM u.donation_number
            )
        )
            AND NOT EXISTS (
                SELECT FROM standing.plasma_unit AS u
                WHERE u.donation_number = j.donation_number
                    AND NOT EXISTS (SELECT FROM standing.pool_unit AS p WHERE p.unit = u.unit)
            ) THEN 'notice'
        ELSE 'finding'
    END AS outcome,
    concat_ws(' ', 'deferred', j.deferred, 'before', j.before) AS rests_on
FROM judged AS j
