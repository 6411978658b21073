-- Contested keys of which a version names the thing asked about where the question reads it, and of statements that make
-- one person of keys, where one of them gave one of these donations or is the donor asked about: {record, key}.
SELECT c.record, c.key
FROM judged.contested AS c
CROSS JOIN LATERAL (  -- looked up by the key: a few of many
    SELECT CASE :kind WHEN 'kit_lot' THEN r.kit_lot WHEN 'laboratory' THEN r.laboratory WHEN 'analyser' THEN r.analyser
        END AS name
    FROM standing.test_result AS r
    WHERE c.record = 'test_result' AND r.sample = c.key ->> 0 AND r.marker = c.key ->> 1 
        -- CASE, so that no other record's key is ever cast to a number.
        AND r.run = CASE c.record WHEN 'test_result' THEN CAST(c.key ->> 2 AS integer) END
    UNION ALL
    SELECT CASE :kind WHEN 'centre' THEN d.centre WHEN 'donor' THEN d.donor_key END
    FROM standing.donation AS d
    WHERE c.record = 'donation' AND d.donation_number = c.key ->> 0
    UNION ALL
    SELECT unnest(CASE :kind WHEN 'reagent_lot' THEN ARRAY[b.solvent_lot, b.detergent_lot]
        WHEN 'filter_lot' THEN ARRAY[b.prefilter_lot] WHEN 'sd_batch' THEN ARRAY[b.batch] END)
    FROM standing.viral_inactivation AS b
    WHERE c.record = 'viral_inactivation' AND b.plant = c.key ->> 0 AND b.batch = c.key ->> 1
    UNION ALL
    SELECT CASE :kind WHEN 'filter_lot' THEN b.filter_lot WHEN 'sd_batch' THEN b.batch END
    FROM standing.virus_removal AS b
    WHERE c.record = 'virus_removal' AND b.plant = c.key ->> 0 AND b.batch = c.key ->> 1
    UNION ALL
    SELECT CASE :kind WHEN 'filter_lot' THEN b.filter_lot WHEN 'fill_line' THEN b.fill_line END
    FROM standing.filling AS b
    WHERE c.record = 'filling' AND b.plant = c.key ->> 0 AND b.batch = c.key ->> 1
    UNION ALL
    SELECT l.dryer
    FROM standing.lyophilisation AS l
    WHERE :kind = 'dryer' AND c.record = 'lyophilisation' AND l.plant = c.key ->> 0 AND l.cycle = c.key ->> 1
    UNION ALL
    SELECT r.diluent_lot
    FROM standing.reconstitution AS r
    WHERE :kind = 'diluent_lot' AND c.record = 'reconstitution' AND r.site = c.key ->> 0 AND r.preparation = c.key ->> 1
    OFFSET 0
) AS told
WHERE told.name = :name
UNION
SELECT c.record, c.key
FROM judged.contested AS c
JOIN standing.same_person AS s ON s.party = c.key ->> 0 AND s.statement = c.key ->> 1
CROSS JOIN LATERAL (VALUES (s.one_key), (s.other_key)) AS named (key)
LEFT JOIN lineage.person AS own ON own.kind = 'donor' AND own.key = named.key
LEFT JOIN lineage.person AS same ON same.kind = 'donor' AND same.person = own.person
WHERE c.record = 'same_person' AND s.kind = 'donor' AND (
    :kind = 'donor' AND :name IN (named.key, same.key)
    OR :kind IN ('kit_lot', 'laboratory', 'analyser') AND EXISTS (
        SELECT FROM standing.donation AS d
        WHERE d.donor_key = coalesce(same.key, named.key) AND d.donation_number = ANY (CAST(:numbers AS text[]))
    )
)
