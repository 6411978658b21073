-- Those of these lines of prepared vials whose preparation was given by an infusion that names it alone, and that reaches some
-- lot by what else was in it: {nth}, by their place among them.
SELECT DISTINCT asked.nth
FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[])) WITH ORDINALITY AS asked (record, key, nth)
JOIN lineage.vial AS given ON given.record = 'administration_vial' AND given.basis = 'preparation'
    AND given.place = asked.key ->> 0 AND given.preparation = asked.key ->> 1
WHERE asked.record = 'reconstitution_vial'
