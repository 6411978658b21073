-- Preparations of which these receipts may change what is known: {site, preparation}.
CREATE TEMP TABLE scope_reconstitution ON COMMIT DROP AS
SELECT site, preparation FROM accepted.reconstitution WHERE receipt = ANY (:receipts)
UNION
SELECT site, preparation FROM accepted.reconstitution_vial WHERE receipt = ANY (:receipts)
