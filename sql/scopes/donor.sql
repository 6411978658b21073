-- Donations of which these receipts may change what is known of them or their donor: {donation_number}. A donation tells
-- of the person's next ones within days, an examination of later ones, all else of all the person's; so does all that is
-- told of a donation of somebody who was deferred for a reactive result.
CREATE TEMP TABLE scope_donor ON COMMIT DROP AS
WITH deferred (donor_key) AS (
    SELECT DISTINCT coalesce(same.key, f.donor_key)
    FROM accepted.deferral AS f
    LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = f.donor_key
    LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
),
traced (donor_key) AS (
    SELECT DISTINCT coalesce(same.key, f.donor_key)
    FROM accepted.deferral AS f
    LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = f.donor_key
    LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
    WHERE f.cause = 'reactive_result'
),
whole (donor_key) AS (
    SELECT donor_key  -- a good result of somebody who was deferred for another one
    FROM scope_screening JOIN accepted.donation USING (donation_number) JOIN traced USING (donor_key)
    UNION
    SELECT donor_key FROM accepted.donor WHERE receipt = ANY (:receipts)
    UNION
    SELECT donor_key FROM accepted.deferral WHERE receipt = ANY (:receipts)
    UNION
    SELECT donor_key FROM accepted.post_donation_information WHERE receipt = ANY (:receipts)
    UNION
    SELECT d.donor_key
    FROM accepted.post_donation_information AS i JOIN accepted.donation AS d USING (donation_number)
    WHERE i.receipt = ANY (:receipts)
    UNION
    SELECT d.donor_key
    FROM accepted.test_result AS r JOIN accepted.donation AS d ON d.donation_number = r.tested_id
    WHERE r.receipt = ANY (:receipts) AND r.tested = 'donation'
        AND (r.version > 1 OR r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate'))
    UNION
    SELECT tested_id FROM accepted.test_result WHERE receipt = ANY (:receipts) AND tested = 'donor'
    UNION
    SELECT d.donor_key
    FROM accepted.donation AS d JOIN accepted.test_result AS r ON r.tested_id = d.donation_number
    WHERE d.receipt = ANY (:receipts) AND r.tested = 'donation'
        AND r.interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate')
),
span (donor_key, since, until) AS (
    SELECT donor_key, '-infinity'::timestamptz, 'infinity'::timestamptz FROM whole
    UNION
    SELECT e.donor_key, e.examined_on - interval '2 days', 'infinity'
    FROM accepted.donor_exam AS e
    WHERE e.receipt = ANY (:receipts) AND e.examined_on IS NOT NULL
    UNION
    SELECT d.donor_key, d.collected_at - interval '2 days', d.collected_at + (
        -- As facts/near.sql has it: PostgreSQL's days have an end, and a term with digits too many would stop linking.
        SELECT make_interval(days => 2 + least(greatest(7, max(interval_days)), 1000000))
        FROM reference.screening_scheme
    )
    FROM accepted.donation AS d
    WHERE d.receipt = ANY (:receipts) AND d.collected_at IS NOT NULL
),
own_span (donor_key, since, until, before) AS (
    SELECT
        donor_key, since, until,
        max(until) OVER (
            PARTITION BY donor_key ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    FROM (
        SELECT coalesce(same.key, span.donor_key), span.since, span.until
        FROM span
        LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = span.donor_key
        LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
    ) AS each (donor_key, since, until)
),
joined (donor_key, since, until, nth) AS (
    SELECT
        donor_key, since, until,
        count(*) FILTER (WHERE since <= before IS NOT TRUE) OVER (PARTITION BY donor_key ORDER BY since, until)
    FROM own_span
),
key (donor_key, since, until) AS (  -- spans that overlap are one: a donor's donations are not compared with each other
    SELECT donor_key, min(since), max(until) FROM joined GROUP BY donor_key, nth
)
SELECT d.donation_number
FROM accepted.donation AS d JOIN key USING (donor_key)
WHERE d.collected_at IS NULL OR d.collected_at BETWEEN key.since AND key.until
UNION
SELECT donation_number FROM accepted.donation WHERE receipt = ANY (:receipts)
UNION
SELECT d.donation_number
FROM accepted.post_donation_information AS i JOIN accepted.donation AS d USING (donation_number)
WHERE i.receipt = ANY (:receipts)
UNION
SELECT d.donation_number
FROM accepted.plasma_unit AS u
JOIN accepted.donation AS d USING (donation_number) JOIN deferred USING (donor_key)
WHERE u.receipt = ANY (:receipts)
UNION
SELECT d.donation_number
FROM accepted.pool_unit AS p JOIN accepted.plasma_unit AS u USING (unit)
JOIN accepted.donation AS d USING (donation_number) JOIN deferred USING (donor_key)
WHERE p.receipt = ANY (:receipts)
