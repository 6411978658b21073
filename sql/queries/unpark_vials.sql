-- Forget what was parked of the rows that are linked anew.
DELETE FROM lineage.parked USING vial_source
WHERE parked.record = vial_source.record AND parked.key = vial_source.key AND (
    parked.link IN ('pack', 'lot', 'vial') OR parked.link = 'preparation' AND parked.record = 'administration_vial'
)
