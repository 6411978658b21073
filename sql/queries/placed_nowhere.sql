-- What came to a place that nobody knows, or was counted, used or ended there: it may be any of these parties, written
-- wrong. A line of vials tells no place but by its infusion or preparation: where nobody knows that one either, its key
-- says where: {record, key, link}.
SELECT p.record, p.key, p.link
FROM lineage.parked AS p
WHERE p.target = 'party'
    AND (p.record, p.link) IN (
        ('shipment', 'to'), ('delivery', 'to'), ('stock_count', 'party'), ('vial_fate', 'party'), ('dispensing', 'pharmacy'),
        ('reconstitution', 'site'), ('administration', 'site')
    )
    AND p.names ->> 0 <> ALL (CAST(:parties AS text[]))
UNION ALL
SELECT p.record, p.key, p.link
FROM lineage.parked AS p
WHERE (p.record, p.link) IN (('reconstitution_vial', 'preparation'), ('administration_vial', 'administration'))
    AND p.key ->> 0 <> ALL (CAST(:parties AS text[]))
    AND NOT EXISTS (SELECT FROM standing.party AS known WHERE known.party_id = p.key ->> 0)
