-- Packs of which these receipts may change what is known: {gtin, serial}. What is told of a pack under a name that it
-- was given later is told of it.
CREATE TEMP TABLE scope_pack ON COMMIT DROP AS
WITH prepared (site, preparation) AS (
    SELECT site, preparation FROM accepted.reconstitution WHERE receipt = ANY (:receipts)
    UNION
    SELECT site, preparation FROM accepted.administration_vial
    WHERE receipt = ANY (:receipts) AND preparation IS NOT NULL
    UNION
    SELECT v.site, v.preparation
    FROM accepted.administration AS a JOIN accepted.administration_vial AS v USING (site, administration)
    WHERE a.receipt = ANY (:receipts) AND v.preparation IS NOT NULL
),
named (gtin, serial) AS (
    SELECT gtin, serial FROM accepted.pack WHERE receipt = ANY (:receipts)
    UNION
    SELECT gtin, serial FROM accepted.relabelling WHERE receipt = ANY (:receipts)
    UNION
    SELECT gtin, serial FROM accepted.shipment WHERE receipt = ANY (:receipts) AND serial IS NOT NULL
    UNION
    SELECT gtin, serial FROM accepted.dispensing WHERE receipt = ANY (:receipts) AND serial IS NOT NULL
    UNION
    SELECT gtin, serial FROM accepted.vial_fate WHERE receipt = ANY (:receipts) AND serial IS NOT NULL
    UNION
    SELECT gtin, serial FROM accepted.administration_vial WHERE receipt = ANY (:receipts) AND serial IS NOT NULL
    UNION
    SELECT v.gtin, v.serial
    FROM accepted.administration AS a JOIN accepted.administration_vial AS v USING (site, administration)
    WHERE a.receipt = ANY (:receipts) AND v.serial IS NOT NULL
    UNION
    SELECT gtin, serial FROM accepted.reconstitution_vial WHERE receipt = ANY (:receipts) AND serial IS NOT NULL
    UNION
    SELECT v.gtin, v.serial
    FROM prepared JOIN accepted.reconstitution_vial AS v USING (site, preparation)
    WHERE v.serial IS NOT NULL
)
SELECT gtin, serial FROM named
UNION
SELECT former.from_gtin, former.from_serial FROM named JOIN former USING (gtin, serial)
UNION
SELECT p.gtin, p.serial
FROM accepted.pack AS p JOIN accepted.lot AS l USING (manufacturer, lot_number)
WHERE l.receipt = ANY (:receipts) AND l.step = 'packed'
