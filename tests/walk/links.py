"""What the walk knows of the records' links, restated by hand from the declarations.

A record, the link's name and its columns; then where it leads to, with that record's columns where
they are not its whole key and the step that it must have; and, after "if", the words of a column
without which it does not hold.
"""

from tests.walk.columns import KEYS

TABLE = """
approval party party -> party
dryer_recipe plant plant -> party
deferral centre centre -> party
deferral donor donor_key -> donor(donor_key)
donation donor donor_key -> donor(donor_key)
donation centre centre -> party
donor centre centre -> party
donor_exam centre centre -> party
donor_exam donor donor_key -> donor(donor_key)
minipool_member donation member -> donation if member_kind donation
minipool_member laboratory laboratory -> party
plasma_unit donation donation_number -> donation
post_donation_information centre centre -> party
post_donation_information donor donor_key -> donor(donor_key)
post_donation_information donation donation_number -> donation
test_result donation tested_id -> donation if tested donation
test_result donor tested_id -> donor(donor_key) if tested donor
test_result pool tested_id -> pool(pool_number) if tested pool
test_result lot tested_id -> lot(lot_number) if tested lot
test_result laboratory laboratory -> party
unit_event unit unit -> plasma_unit
unit_event party party -> party
external_lot supplier supplier -> party
external_lot data_holder donor_data_holder -> party
lot manufacturer manufacturer -> party
lot_input lot manufacturer,lot_number,step -> lot
lot_input from_pool from_manufacturer,from_number -> pool if from_step pool
lot_input from_lot from_manufacturer,from_number,from_step -> lot if from_step paste|bulk|filled|dried|packed
lot_input from_external from_manufacturer,from_number -> external_lot if from_step external
pool plant plant -> party
pool_unit pool plant,pool_number -> pool
pool_unit unit unit -> plasma_unit
viral_inactivation plant plant -> party
viral_inactivation_load batch plant,batch -> viral_inactivation
viral_inactivation_load from_lot plant,from_lot_number,from_step -> lot
viral_inactivation_load lot plant,lot_number,step -> lot
virus_removal plant plant -> party
virus_removal_load batch plant,batch -> virus_removal
virus_removal_load from_lot plant,from_lot_number,from_step -> lot
virus_removal_load lot plant,lot_number,step -> lot
deviation plant plant -> party
deviation lot plant,lot_number,step -> lot
filling plant plant -> party
filling_load batch plant,batch -> filling
filling_load from_lot plant,from_lot_number -> lot(manufacturer,lot_number) bulk
filling_load lot plant,lot_number -> lot(manufacturer,lot_number) filled
inspection lot manufacturer,lot_number,step -> lot
lot_test lot manufacturer,lot_number,step -> lot
lot_test laboratory laboratory -> party
lyophilisation plant plant -> party
lyophilisation_load cycle plant,cycle -> lyophilisation
lyophilisation_load from_lot plant,from_lot_number -> lot(manufacturer,lot_number) filled
lyophilisation_load lot plant,lot_number -> lot(manufacturer,lot_number) dried
lyophilisation_reading cycle plant,cycle -> lyophilisation
sample lot manufacturer,lot_number,step -> lot
complaint party party -> party
complaint pack gtin,serial -> pack
delivery shipment from_party,shipment,item -> shipment
delivery to to_party -> party
dispensing pharmacy pharmacy -> party
excursion party party -> party
excursion from from_party -> party
official_release lot manufacturer,lot_number -> lot(manufacturer,lot_number) packed
pack lot manufacturer,lot_number,step -> lot
package_content pack gtin,serial -> pack
relabelling pack gtin,serial -> pack
relabelling new_pack new_gtin,new_serial -> pack
relabelling party party -> party
shipment pack gtin,serial -> pack
shipment from from_party -> party
shipment to to_party -> party
stock_count party party -> party
stock_count pack gtin,serial -> pack
vial_fate party party -> party
vial_fate pack gtin,serial -> pack
administration site site -> party
administration order site,treatment_order -> treatment_order
administration_vial administration site,administration -> administration
administration_vial preparation site,preparation -> reconstitution
adverse_reaction reporter reporter -> party
adverse_reaction administration site,administration -> administration
course_review site site -> party
infusion_rate administration site,administration -> administration
reconstitution site site -> party
reconstitution order site,treatment_order -> treatment_order
reconstitution_vial preparation site,preparation -> reconstitution
treatment_order site site -> party
"""

# record, link, its columns, the target, the target's columns, the fixed step, (column, words) of
# its scope
Link = tuple[
    str, str, tuple[str, ...], str, tuple[str, ...], str, tuple[str, tuple[str, ...]] | None
]


def _link(line: str) -> Link:
    """One line of the table, taken apart."""
    way, _, scope = line.partition(" if ")
    source, _, target = way.partition(" -> ")
    record, name, columns = source.split()
    target, _, step = target.partition(" ")
    target, _, on = target.partition("(")
    column, _, words = scope.partition(" ")
    return (
        record,
        name,
        tuple(columns.split(",")),
        target,
        tuple(on[:-1].split(",")) if on else tuple(KEYS[target]),
        step,
        (column, tuple(words.split("|"))) if scope else None,
    )


LINKS = [_link(line) for line in TABLE.strip().splitlines()]
