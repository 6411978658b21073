-- Dispensings of which these receipts may change what is known: {pharmacy, dispensing}.
CREATE TEMP TABLE scope_dispensing ON COMMIT DROP AS
WITH lot AS (
    SELECT n.node
    FROM lineage.node AS n
    JOIN (
        SELECT manufacturer, lot_number FROM accepted.lot WHERE receipt = ANY (:receipts) AND step = 'packed'
        UNION
        SELECT manufacturer, lot_number FROM accepted.official_release WHERE receipt = ANY (:receipts)
    ) AS named ON named.manufacturer = n.maker AND named.lot_number = n.number
    WHERE n.step = 'packed'
)
SELECT pharmacy, dispensing FROM accepted.dispensing WHERE receipt = ANY (:receipts)
UNION
SELECT pharmacy, dispensing FROM affected_dispensing
UNION
SELECT v.key ->> 0, v.key ->> 1 FROM lineage.vial AS v JOIN lot ON v.lot = lot.node WHERE v.record = 'dispensing'
