-- How far each sender has been heard: {sender, last_sequence, missing_sequences, heard_to, announced, not_arrived,
-- counts_differ}. A sender without a transmittal has no sequence. Nobody can have told what came after the telling: a
-- period counts until its transmittal was received, whatever end it names.
WITH RECURSIVE said AS (
    SELECT
        told.sender, told.sequence, told.file_name, max(told.row_count) AS row_count,
        -- Of contested transmittals the earlier end: what one of them leaves open is not heard.
        min(least(told.period_to, receipt.received_at)) FILTER (WHERE told.period_to IS NOT NULL) AS period_to,
        -- Names are used again: a name that was announced three times must have come three times.
        count(*) OVER (PARTITION BY told.sender, told.file_name) AS times
    FROM standing.transmittal AS told
    JOIN receiving.receipt USING (receipt)
    GROUP BY told.sender, told.sequence, told.file_name
),
arrived AS (
    -- By arrival, not by receipt: bytes that were known already have been sent all the same.
    SELECT DISTINCT
        arrival.sender, arrival.file_name, arrival.receipt, receipt.status,
        (receipt.counts ->> 'rows')::bigint - (receipt.counts ->> 'headers_again')::bigint AS rows
    FROM receiving.arrival
    JOIN receiving.receipt USING (receipt)
),
checked AS (
    SELECT
        said.*, bool_or(arrived.rows = said.row_count) AS agrees,
        count(DISTINCT arrived.receipt) FILTER (WHERE arrived.status = 'accepted') >= said.times AS there
    FROM said
    LEFT JOIN arrived ON arrived.sender = said.sender AND arrived.file_name = said.file_name
    GROUP BY said.sender, said.sequence, said.file_name, said.row_count, said.period_to, said.times
),
consignee (to_party) AS (  -- from each to the next by the index: few parties of many shipments
    SELECT min(to_party) FROM accepted.shipment
    UNION ALL
    SELECT (SELECT min(s.to_party) FROM accepted.shipment AS s WHERE s.to_party > last.to_party)
    FROM consignee AS last
    WHERE last.to_party IS NOT NULL
),
summed AS (
    SELECT
        sender, max(sequence) AS last_sequence,
        -- Numbers begin at 1 without a gap, so what is missing is what the highest one is above
        -- their count.
        max(sequence) - count(DISTINCT sequence) FILTER (WHERE sequence > 0) AS missing_sequences,
        max(period_to) AS heard_to, count(*) AS announced,
        coalesce(array_agg(file_name ORDER BY file_name) FILTER (WHERE there IS NOT TRUE), '{}') AS not_arrived,
        coalesce(array_agg(file_name ORDER BY file_name) FILTER (WHERE there AND agrees IS NOT TRUE), '{}')
            AS counts_differ
    FROM checked
    GROUP BY sender
)
SELECT
    senders.sender, summed.last_sequence, coalesce(summed.missing_sequences, 0) AS missing_sequences, summed.heard_to,
    coalesce(summed.announced, 0) AS announced, coalesce(summed.not_arrived, '{}') AS not_arrived,
    coalesce(summed.counts_differ, '{}') AS counts_differ
FROM (
    SELECT sender FROM arrived
    UNION
    SELECT sender FROM said
    UNION
    -- Whoever was sent something should be heard, though nothing of theirs ever came.
    SELECT named.to_party
    FROM consignee AS named
    CROSS JOIN LATERAL (  -- a range, so that it is sought by the index, however many there are of it
        SELECT FROM standing.shipment AS s
        WHERE s.to_party BETWEEN named.to_party AND named.to_party
        LIMIT 1
    ) AS standing
) AS senders
LEFT JOIN summed USING (sender)
ORDER BY senders.sender
