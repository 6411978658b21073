-- Whether a result of a kit's lot, a laboratory or an analyser (kind, name), or one that does not tell it, is of a donor:
-- {tested}.
SELECT EXISTS (  -- each by itself, so that it is sought by its index
    SELECT FROM standing.test_result AS r
    WHERE CAST(:kind AS text) = 'kit_lot' AND r.tested = 'donor' AND r.kit_lot = :name
) OR EXISTS (
    SELECT FROM standing.test_result AS r
    WHERE CAST(:kind AS text) = 'kit_lot' AND r.tested = 'donor' AND r.kit_lot IS NULL
) OR EXISTS (
    SELECT FROM standing.test_result AS r
    WHERE CAST(:kind AS text) = 'laboratory' AND r.tested = 'donor' AND coalesce(r.laboratory, :name) = :name
) OR EXISTS (
    SELECT FROM standing.test_result AS r
    WHERE CAST(:kind AS text) = 'analyser' AND r.tested = 'donor' AND coalesce(r.analyser, :name) = :name
) AS tested
