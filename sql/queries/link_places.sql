-- Where every party is, in each version that stands; a zone that is no time zone's name counts as none.
INSERT INTO lineage.place (party, zone, jurisdiction)
SELECT DISTINCT party.party_id, zone.name, party.jurisdiction
FROM standing.party
-- Else one party's misspelt zone would end every statement that asks for a local day.
LEFT JOIN pg_timezone_names AS zone ON zone.name = party.zone
