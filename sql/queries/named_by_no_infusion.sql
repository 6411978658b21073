-- Those of these lines of prepared vials whose preparation no line of an infusion names: {nth}, by their place among them.
SELECT asked.nth
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) WITH ORDINALITY AS asked (record, key, nth)
WHERE asked.record = 'reconstitution_vial' AND NOT EXISTS (
    SELECT FROM standing.administration_vial AS v
    WHERE v.site = asked.key ->> 0 AND v.preparation = asked.key ->> 1
)
ORDER BY asked.nth
