-- Vials of infusions of which these receipts may change what is known: {site, administration, item}.
CREATE TEMP TABLE scope_administration_vial ON COMMIT DROP AS
WITH lot AS (
    SELECT n.node
    FROM lineage.node AS n
    JOIN (
        SELECT manufacturer, lot_number FROM accepted.lot WHERE receipt = ANY (:receipts) AND step = 'packed'
        UNION
        SELECT manufacturer, lot_number FROM accepted.official_release WHERE receipt = ANY (:receipts)
    ) AS named ON named.manufacturer = n.maker AND named.lot_number = n.number
    WHERE n.step = 'packed'
    UNION
    SELECT n.node
    FROM scope_node AS s JOIN lineage.node AS n USING (maker, number, step)
    WHERE n.step = 'packed'
)
SELECT site, administration, item FROM affected_administration_vial
UNION
SELECT v.key ->> 0, v.key ->> 1, (v.key ->> 2)::integer
FROM lineage.vial AS v JOIN lot ON v.lot = lot.node
WHERE v.record = 'administration_vial'
