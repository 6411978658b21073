-- V05: a virus filter was whole before and after use.
SELECT
    b.plant, b.batch,
    CASE
        WHEN b.method <> 'nanofiltration' THEN 'not_applicable'
        WHEN b.integrity_before = 'fail' OR b.integrity_after = 'fail' THEN 'finding'
        WHEN b.integrity_before IS NULL OR b.integrity_after IS NULL OR b.method IS NULL THEN 'pending'
        ELSE 'pass'
    END AS outcome
FROM scope_virus_removal
JOIN standing.virus_removal AS b USING (plant, batch)
