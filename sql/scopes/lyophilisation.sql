-- Drying runs of which these receipts may change what is known: {plant, cycle}.
CREATE TEMP TABLE scope_lyophilisation ON COMMIT DROP AS
SELECT plant, cycle FROM accepted.lyophilisation WHERE receipt = ANY (:receipts)
UNION
SELECT plant, cycle FROM accepted.lyophilisation_reading WHERE receipt = ANY (:receipts)
UNION
SELECT plant, batch FROM accepted.deviation WHERE receipt = ANY (:receipts) AND batch IS NOT NULL
