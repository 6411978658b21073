-- Vials of infusions whose links may change: they, their infusion or preparation, a pack or a lot is new or changed.
CREATE TEMP TABLE affected_administration_vial ON COMMIT DROP AS
WITH prepared (site, preparation) AS (
    SELECT site, preparation FROM accepted.reconstitution WHERE receipt = ANY (:receipts)
    UNION
    SELECT site, preparation FROM affected_reconstitution_vial
)
SELECT site, administration, item FROM accepted.administration_vial WHERE receipt = ANY (:receipts)
UNION
SELECT v.site, v.administration, v.item FROM accepted.administration_vial AS v
JOIN accepted.administration AS a ON a.site = v.site AND a.administration = v.administration
WHERE a.receipt = ANY (:receipts)
UNION
SELECT v.site, v.administration, v.item FROM accepted.administration_vial AS v JOIN prepared USING (site, preparation)
UNION
SELECT v.site, v.administration, v.item FROM accepted.administration_vial AS v
JOIN affected_pack AS p ON p.gtin = v.gtin AND p.serial = v.serial
UNION
SELECT v.site, v.administration, v.item FROM accepted.administration_vial AS v
JOIN accepted.lot AS l ON l.lot_number = v.lot_number
WHERE l.receipt = ANY (:receipts)
