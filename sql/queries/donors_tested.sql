-- Whether a result of a kit's lot, a laboratory or an analyser (kind, name), or one that does not tell it, is of a donor:
-- {tested}.
SELECT EXISTS (
    SELECT FROM standing.test_result AS r
    WHERE r.tested = 'donor' AND coalesce(
        CASE CAST(:kind AS text) WHEN 'kit_lot' THEN r.kit_lot WHEN 'laboratory' THEN r.laboratory ELSE r.analyser END, :name
    ) = :name
) AS tested
