-- Senders that have been silent for more than twice their usual time between sendings: {sender, heard_to, usual}. A
-- period counts until its transmittal was received, whatever end it names.
WITH sending AS (
    SELECT
        told.sender, told.sequence,
        max(least(told.period_to, receipt.received_at)) FILTER (WHERE told.period_to IS NOT NULL) AS period_to
    FROM standing.transmittal AS told
    JOIN receiving.receipt USING (receipt)
    GROUP BY told.sender, told.sequence
),
gap AS (
    SELECT sender, period_to, period_to - lag(period_to) OVER (PARTITION BY sender ORDER BY period_to) AS usual
    FROM sending
),
cadence AS (
    SELECT sender, max(period_to) AS heard_to,
        -- The middle one: one long holiday must not make a sender seem slow for ever.
        percentile_cont(0.5) WITHIN GROUP (ORDER BY usual) FILTER (WHERE usual > interval '0') AS usual
    FROM gap
    GROUP BY sender
)
SELECT sender, heard_to, usual
FROM cadence
WHERE heard_to + 2 * usual < :now
ORDER BY sender
