-- Forget what was linked from the rows that are linked anew.
DELETE FROM lineage.vial USING vial_source
WHERE vial.record = vial_source.record AND vial.key = vial_source.key
