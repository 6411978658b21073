-- Rows of which these receipts may change what is known: {reporter, reaction}.
CREATE TEMP TABLE scope_adverse_reaction ON COMMIT DROP AS
SELECT DISTINCT reporter, reaction FROM accepted.adverse_reaction WHERE receipt = ANY (:receipts)
