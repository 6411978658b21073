-- Names of packs of which these receipts may change what is known: their own, and those that they were relabelled to.
CREATE TEMP TABLE affected_pack ON COMMIT DROP AS
WITH named (gtin, serial) AS (
    SELECT gtin, serial FROM accepted.pack WHERE receipt = ANY (:receipts)
    UNION
    SELECT new_gtin, new_serial FROM accepted.relabelling WHERE receipt = ANY (:receipts)
)
SELECT gtin, serial FROM named
UNION
-- A line under a pack's later name hangs on the record of the earlier one.
SELECT former.gtin, former.serial FROM former
JOIN named ON named.gtin = former.from_gtin AND named.serial = former.from_serial
