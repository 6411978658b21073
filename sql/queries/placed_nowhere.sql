-- What came to a place that nobody knows, or was counted, used, ended or relabelled there: it may be any of these parties,
-- written wrong; and what tells no place at all. A line of vials tells no place but by its infusion or preparation: where
-- nobody knows that one either, its key says where: {record, key, link, sort}.
SELECT p.record, p.key, p.link, 'parked' AS sort
FROM lineage.parked AS p
WHERE p.target = 'party'
    AND (p.record, p.link) IN (
        ('shipment', 'to'), ('delivery', 'to'), ('stock_count', 'party'), ('vial_fate', 'party'), ('relabelling', 'party'),
        ('dispensing', 'pharmacy'), ('reconstitution', 'site'), ('administration', 'site')
    )
    AND p.names ->> 0 <> ALL (CAST(:parties AS text[]))
UNION ALL
SELECT p.record, p.key, p.link, 'parked'
FROM lineage.parked AS p
WHERE (p.record, p.link) IN (('reconstitution_vial', 'preparation'), ('administration_vial', 'administration'))
    AND p.key ->> 0 <> ALL (CAST(:parties AS text[]))
    AND NOT EXISTS (SELECT FROM standing.party AS known WHERE known.party_id = p.key ->> 0)
UNION
SELECT 'shipment', jsonb_build_array(s.from_party, s.shipment, s.item::text), 'to', 'empty'
FROM standing.shipment AS s
WHERE s.to_party IS NULL AND NOT EXISTS (
    SELECT FROM standing.delivery AS d
    WHERE d.from_party = s.from_party AND d.shipment = s.shipment AND d.item = s.item AND d.to_party IS NOT NULL
)
UNION
SELECT 'relabelling', jsonb_build_array(r.gtin, r.serial, r.new_gtin, r.new_serial), 'party', 'empty'
FROM standing.relabelling AS r
WHERE r.party IS NULL
