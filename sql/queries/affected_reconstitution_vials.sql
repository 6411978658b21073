-- Prepared vials whose links may change: they, their preparation, its order, a pack or a lot is new or has a new version.
CREATE TEMP TABLE affected_reconstitution_vial ON COMMIT DROP AS
WITH prepared (site, preparation) AS (
    SELECT site, preparation FROM accepted.reconstitution WHERE receipt = ANY (:receipts)
    UNION
    SELECT r.site, r.preparation FROM accepted.reconstitution AS r
    JOIN accepted.treatment_order AS o ON o.site = r.site AND o.treatment_order = r.treatment_order
    WHERE o.receipt = ANY (:receipts)
)
SELECT site, preparation, item FROM accepted.reconstitution_vial WHERE receipt = ANY (:receipts)
UNION
SELECT v.site, v.preparation, v.item FROM accepted.reconstitution_vial AS v JOIN prepared USING (site, preparation)
UNION
SELECT v.site, v.preparation, v.item FROM accepted.reconstitution_vial AS v
JOIN affected_pack AS p ON p.gtin = v.gtin AND p.serial = v.serial
UNION
SELECT v.site, v.preparation, v.item FROM accepted.reconstitution_vial AS v
JOIN accepted.lot AS l ON l.lot_number = v.lot_number
WHERE l.receipt = ANY (:receipts)
