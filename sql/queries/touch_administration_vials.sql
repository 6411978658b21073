-- Vials of infusions whose links may change: they, their infusion, a pack or a lot is new or has a new version.
CREATE TEMP TABLE touched_administration_vial ON COMMIT DROP AS
SELECT site, administration, item FROM accepted.administration_vial WHERE receipt = ANY (:receipts)
UNION
SELECT v.site, v.administration, v.item FROM accepted.administration_vial AS v
JOIN accepted.administration AS a ON a.site = v.site AND a.administration = v.administration
WHERE a.receipt = ANY (:receipts)
UNION
SELECT v.site, v.administration, v.item FROM accepted.administration_vial AS v
JOIN accepted.pack AS p ON p.gtin = v.gtin AND p.serial = v.serial
WHERE p.receipt = ANY (:receipts)
UNION
SELECT v.site, v.administration, v.item FROM accepted.administration_vial AS v
JOIN accepted.lot AS l ON l.lot_number = v.lot_number
WHERE l.receipt = ANY (:receipts)
