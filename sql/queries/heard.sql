-- How far each sender has been heard: {sender, last_sequence, missing_sequences, first_missing, heard_from, heard_to, announced,
-- not_arrived, counts_differ}. A sender without a transmittal has no sequence. Nobody can have told what came after the telling: a
-- period counts until its transmittal was received, whatever end it names.
WITH RECURSIVE said AS (
    SELECT
        told.sender, told.sequence, told.file_name, max(told.row_count) AS row_count,
        -- Of contested transmittals the earlier end: what one of them leaves open is not heard.
        min(least(told.period_to, receipt.received_at)) FILTER (WHERE told.period_to IS NOT NULL) AS period_to,
        -- Of contested ones each digest must have come.
        array_agg(DISTINCT lower(told.sha256 COLLATE "C")) FILTER (WHERE told.sha256 IS NOT NULL) AS digests
    FROM standing.transmittal AS told
    JOIN receiving.receipt USING (receipt)
    GROUP BY told.sender, told.sequence, told.file_name
),
arrived AS (
    -- By arrival, not by receipt: bytes that were known already have been sent all the same.
    SELECT DISTINCT
        arrival.sender, arrival.file_name, arrival.receipt, encode(receipt.sha256, 'hex') AS digest,
        receipt.status = 'accepted' AS accepted,
        (receipt.counts ->> 'rows')::bigint - (receipt.counts ->> 'headers_again')::bigint AS rows
    FROM receiving.arrival
    JOIN receiving.receipt USING (receipt)
),
by_digest AS (  -- one row for each digest, to be found by it: not each announcement beside each file
    SELECT said.sender, said.sequence, said.file_name, said.row_count, one.digest
    FROM said
    CROSS JOIN LATERAL unnest(said.digests) AS one (digest)
),
named AS (  -- files by name: of those that no announcement tells by its digest
    SELECT a.sender, a.file_name, a.rows, count(*) AS files,
        sum(count(*)) OVER (PARTITION BY a.sender, a.file_name) AS files_of_name
    FROM arrived AS a
    WHERE a.accepted AND NOT EXISTS (SELECT FROM by_digest AS d WHERE d.sender = a.sender AND d.digest = a.digest)
    GROUP BY a.sender, a.file_name, a.rows
),
own AS (  -- the files that announcements tell by their digests
    SELECT d.sender, d.sequence, d.file_name, count(DISTINCT a.digest) AS files,
        bool_or(NOT a.accepted OR a.rows = d.row_count) AS agrees
    FROM by_digest AS d
    JOIN arrived AS a ON a.sender = d.sender AND a.digest = d.digest
    -- One that was refused and that nobody need wait for has come too: by its digest it is this one.
    WHERE a.accepted OR EXISTS (
        SELECT FROM judged.refused_settled AS s WHERE s.receipt = a.receipt AND s.line IS NULL
    )
    GROUP BY d.sender, d.sequence, d.file_name
),
counted AS (
    -- Names are used again: a name that was announced three times must have come three times, and so many rows as
    -- often as they were announced under it. A file that was sent once more stands for no other.
    SELECT sender, sequence, file_name, row_count, period_to, digests,
        count(*) FILTER (WHERE digests IS NULL) OVER (PARTITION BY sender, file_name) AS times,
        count(*) FILTER (WHERE digests IS NULL) OVER (PARTITION BY sender, file_name, row_count) AS times_of_count
    FROM said
),
checked AS (
    SELECT c.sender, c.sequence, c.file_name, c.period_to,
        CASE WHEN c.digests IS NULL THEN coalesce(any_named.files_of_name, 0) >= c.times
            ELSE coalesce(own.files, 0) = cardinality(c.digests) END AS there,
        CASE WHEN c.digests IS NULL THEN coalesce(alike.files, 0) >= c.times_of_count ELSE own.agrees END AS agrees
    FROM counted AS c
    LEFT JOIN (SELECT DISTINCT sender, file_name, files_of_name FROM named) AS any_named USING (sender, file_name)
    LEFT JOIN named AS alike
        ON alike.sender = c.sender AND alike.file_name = c.file_name AND alike.rows = c.row_count
    LEFT JOIN own ON own.sender = c.sender AND own.sequence = c.sequence AND own.file_name = c.file_name
),
had (told, party) AS (  -- who is told to have had packs, from each to the next by the index: few parties of many rows
    SELECT 'sent', min(to_party) FROM accepted.shipment
    UNION ALL
    SELECT 'came', min(to_party) FROM accepted.delivery  -- where something arrived, whomever it was sent to
    UNION ALL
    SELECT 'counted', min(party) FROM accepted.stock_count
    UNION ALL
    SELECT 'ended', min(party) FROM accepted.vial_fate
    UNION ALL
    SELECT 'labelled', min(party) FROM accepted.relabelling
    UNION ALL
    SELECT last.told, CASE last.told
        WHEN 'sent' THEN (SELECT min(s.to_party) FROM accepted.shipment AS s WHERE s.to_party > last.party)
        WHEN 'came' THEN (SELECT min(d.to_party) FROM accepted.delivery AS d WHERE d.to_party > last.party)
        WHEN 'counted' THEN (SELECT min(c.party) FROM accepted.stock_count AS c WHERE c.party > last.party)
        WHEN 'ended' THEN (SELECT min(f.party) FROM accepted.vial_fate AS f WHERE f.party > last.party)
        ELSE (SELECT min(r.party) FROM accepted.relabelling AS r WHERE r.party > last.party)
    END
    FROM had AS last
    WHERE last.party IS NOT NULL
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
),
began AS (  -- from when on it tells: of a sending's rows, and of versions, the latest start, and none where one does not say
    SELECT sender, min(period_from) AS heard_from
    FROM (
        SELECT sender, sequence, CASE WHEN bool_and(period_from IS NOT NULL) THEN max(period_from) END AS period_from
        FROM standing.transmittal
        GROUP BY sender, sequence
    ) AS sending
    GROUP BY sender
),
gap AS (  -- what a person asks a sender for: the first number that is missing
    SELECT sender, min(before + 1) AS first_missing
    FROM (
        SELECT sender, sequence, lag(sequence, 1, 0) OVER (PARTITION BY sender ORDER BY sequence) AS before
        FROM (SELECT DISTINCT sender, sequence FROM said WHERE sequence > 0) AS numbered
    ) AS pair
    WHERE sequence > before + 1
    GROUP BY sender
)
SELECT
    senders.sender, summed.last_sequence, coalesce(summed.missing_sequences, 0) AS missing_sequences,
    gap.first_missing, began.heard_from, summed.heard_to, coalesce(summed.announced, 0) AS announced, coalesce(summed.not_arrived, '{}') AS not_arrived,
    coalesce(summed.counts_differ, '{}') AS counts_differ
FROM (
    SELECT sender FROM arrived
    UNION
    SELECT sender FROM said
    UNION
    -- Whoever had packs should be heard, though nothing of theirs ever came.
    SELECT had.party
    FROM had
    CROSS JOIN LATERAL (  -- a range, so that it is sought by the index, however many there are of it
        (SELECT FROM standing.shipment AS s
        WHERE had.told = 'sent' AND s.to_party BETWEEN had.party AND had.party
        LIMIT 1)
        UNION ALL
        (SELECT FROM standing.delivery AS d
        WHERE had.told = 'came' AND d.to_party BETWEEN had.party AND had.party
        LIMIT 1)
        UNION ALL
        (SELECT FROM standing.stock_count AS c
        WHERE had.told = 'counted' AND c.party BETWEEN had.party AND had.party
        LIMIT 1)
        UNION ALL
        (SELECT FROM standing.vial_fate AS f
        WHERE had.told = 'ended' AND f.party BETWEEN had.party AND had.party
        LIMIT 1)
        UNION ALL
        (SELECT FROM standing.relabelling AS r
        WHERE had.told = 'labelled' AND r.party BETWEEN had.party AND had.party
        LIMIT 1)
    ) AS standing
) AS senders
LEFT JOIN summed USING (sender)
LEFT JOIN began USING (sender)
LEFT JOIN gap USING (sender)
ORDER BY senders.sender
