-- What decisions make of things now: those in force that no other in force has ended. The one definition of a status.
SELECT
    d.disposition, d.thing, d.key, d.move, d.state, d.markets, d.sites, d.packs, d.owner, d.given, d.at
FROM judged.disposition_signed AS d
WHERE d.standing = 'in force' AND d.state IS NOT NULL AND NOT EXISTS (
    SELECT FROM judged.disposition_signed AS other
    WHERE other.thing = d.thing AND other.key = d.key AND d.disposition = ANY (other.ends) AND other.standing = 'in force'
)
