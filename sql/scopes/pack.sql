-- Packs of which these receipts may change what is known: {gtin, serial}.
CREATE TEMP TABLE scope_pack ON COMMIT DROP AS
SELECT gtin, serial FROM accepted.pack WHERE receipt = ANY (:receipts)
UNION
SELECT gtin, serial FROM accepted.shipment WHERE receipt = ANY (:receipts) AND serial IS NOT NULL
UNION
SELECT gtin, serial FROM accepted.dispensing WHERE receipt = ANY (:receipts) AND serial IS NOT NULL
UNION
SELECT p.gtin, p.serial
FROM accepted.pack AS p JOIN accepted.lot AS l USING (manufacturer, lot_number)
WHERE l.receipt = ANY (:receipts) AND l.step = 'packed'
