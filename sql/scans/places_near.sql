-- Places of about as long a name, and the place itself where a party record tells of it: {place}. Homes are no hint: a
-- patient lives there.
BEGIN
    RETURN QUERY
    SELECT DISTINCT p.party
    FROM lineage.place AS p
    WHERE p.party = asked_site OR (
        length(lineage.skeleton(p.party))
            BETWEEN length(lineage.skeleton(asked_site)) - 1 AND length(lineage.skeleton(asked_site)) + 1
        AND NOT EXISTS (SELECT FROM standing.party AS home WHERE home.party_id = p.party AND home.kind = 'patient_home')
    );
END
