-- Dispensings whose links may change: they, a pack or a lot that they name is new or has a new version.
CREATE TEMP TABLE affected_dispensing ON COMMIT DROP AS
SELECT pharmacy, dispensing FROM accepted.dispensing WHERE receipt = ANY (:receipts)
UNION
SELECT d.pharmacy, d.dispensing FROM accepted.dispensing AS d
JOIN affected_pack AS p ON p.gtin = d.gtin AND p.serial = d.serial
UNION
SELECT d.pharmacy, d.dispensing FROM accepted.dispensing AS d
JOIN accepted.lot AS l ON l.lot_number = d.lot_number
WHERE l.receipt = ANY (:receipts)
