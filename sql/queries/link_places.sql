-- Where every party is, in each version that stands; a zone that is no time zone's name counts as none.
INSERT INTO lineage.place (party, zone, jurisdiction)
SELECT DISTINCT party.party_id, zone.name, party.jurisdiction
FROM standing.party
LEFT JOIN pg_timezone_names AS zone ON zone.name = party.zone
