-- Who sent each version that has a rival of its rank: every file in which a row with its content stood, whoever
-- brought it first, has the sender of its receipt and those of its arrivals.
CREATE TEMP TABLE version_sender ON COMMIT DROP AS
WITH file (receipt, line, brought_by) AS (
    SELECT receipt, line, receipt FROM key_version WHERE rivals > 1
    UNION
    SELECT v.receipt, v.line, k.receipt
    FROM key_version AS v
    JOIN accepted.known AS k ON k.of_receipt = v.receipt AND k.of_line = v.line
    WHERE v.rivals > 1
)
SELECT file.receipt, file.line, array_agg(DISTINCT whose.sender) AS senders
FROM file
JOIN (
    SELECT receipt, sender FROM receiving.receipt
    UNION ALL
    SELECT receipt, sender FROM receiving.arrival
) AS whose ON whose.receipt = file.brought_by
GROUP BY file.receipt, file.line
