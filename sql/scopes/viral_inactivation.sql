-- Batches of which these receipts may change what is known: {plant, batch}.
CREATE TEMP TABLE scope_viral_inactivation ON COMMIT DROP AS
SELECT DISTINCT plant, batch FROM accepted.viral_inactivation WHERE receipt = ANY (:receipts)
