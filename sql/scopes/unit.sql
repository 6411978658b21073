-- Plasma units of which these receipts may change what is known: {unit}.
CREATE TEMP TABLE scope_unit ON COMMIT DROP AS
SELECT unit FROM accepted.plasma_unit WHERE receipt = ANY (:receipts)
UNION
SELECT unit FROM accepted.unit_event WHERE receipt = ANY (:receipts)
UNION
SELECT unit FROM accepted.pool_unit WHERE receipt = ANY (:receipts)
UNION
SELECT u.unit FROM accepted.plasma_unit AS u JOIN accepted.donation AS d USING (donation_number) WHERE d.receipt = ANY (:receipts)
