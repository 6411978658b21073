-- Batches of which these receipts may change what is known: {plant, batch}.
CREATE TEMP TABLE scope_virus_removal ON COMMIT DROP AS
SELECT DISTINCT plant, batch FROM accepted.virus_removal WHERE receipt = ANY (:receipts)
