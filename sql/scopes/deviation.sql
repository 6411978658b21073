-- Rows of which these receipts may change what is known: {plant, deviation}.
CREATE TEMP TABLE scope_deviation ON COMMIT DROP AS
SELECT DISTINCT plant, deviation FROM accepted.deviation WHERE receipt = ANY (:receipts)
