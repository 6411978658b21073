-- Where every party is, in each version that stands; a zone that is no time zone's name counts as none.
CREATE TEMP TABLE place_new ON COMMIT DROP AS
SELECT DISTINCT party.party_id AS party, zone.name AS zone, party.jurisdiction
FROM standing.party
-- Else one party's misspelt zone would end every statement that asks for a local day.
LEFT JOIN pg_timezone_names AS zone ON zone.name = party.zone
