-- Each marker with the bit that stands for it.
CREATE TEMP TABLE marker ON COMMIT DROP AS
SELECT marker, row_number() OVER (ORDER BY marker)::integer - 1 AS bit
FROM (
    SELECT DISTINCT marker FROM reference.screening_requirement
) AS required
