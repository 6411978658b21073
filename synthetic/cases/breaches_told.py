"""Tables of breaches: what is written instead, and what else must come of it.

A breach is a rule's id, or a record and a link of it that loses its target.
"""

from collections import defaultdict
from collections.abc import Mapping

from synthetic.cases.told import names, pairs, rows
from synthetic.truth.due import due
from synthetic.world import clock

WRONG_GTIN = "04099991000109"  # its check digit is another one
WRONG_LABEL = "2025-01-01"
LONG_AGO = "2025-01-01T00:00:00+01:00"
UNLINKED = f"pending:{due(clock.day(256), 'unlinked_vial')}"  # a vial of a seeded infusion
VIALS = ("dispensing", "reconstitution_vial", "administration_vial")
EACH_VIAL = ",".join(VIALS)

# Where a rule's constraint alone does not tell how it is broken.
_INSTEAD = f"""
party.gln.check                     | gln=4099999000019
T01                                 | period_from=2025-12-01T00:00:00+01:00 period_to={LONG_AGO}
D06.examined                        | examined_on=2025-12-24
D06.sampled                         | four_month_sample_on=2025-12-24
D01.shape                           | donation_number=0X00125{{n:06d}} check_character=
D01.check                           | check_character=-
D03                                 | collected_ml=700 donor_weight_kg=60.0
D04                                 | total_protein_g_dl=5.8
D05.weight                          | donor_weight_kg=48.5
D05.haemoglobin                     | haemoglobin_g_dl=11.9
donation.haemoglobin_g_dl.limits    | haemoglobin_g_dl=150.5
donation.donor_weight_kg.limits     | donor_weight_kg=645.0
D08.shipping                        | shipping_max_c=-2.0
P04.unit                            | volume_ml=1300
D07.result                          | interpretation=reactive
D12.kit_lot                         | kit_lot=
D12.expiry                          | kit_expires_on=2025-01-02
D12.order                           | taken_at=2025-12-01T09:00:00+01:00
D06.suitable                        | conclusion=unsuitable
PDI.about                           | donor_key= donation_number=
P02.volume                          | volume_l=20000.001
P04.drawn                           | volume_ml=1250
P06.amount                          | step=bulk gtin= amount=
P06.input                           | amount=0
P06.filled                          | vials_filled=0
P06.vials R07.{{dispensing.vials,vials}} L06.vials | vials=0
viral_inactivation.temperature_max_c.limits | temperature_max_c=150.5
L01.positions                       | moisture_n=3
L02.shelf                           | shelf_c=999.9
L06.critical                        | rejects_critical=1
S01.conclusion                      | conclusion=failed
R02.expiry                          | expires_on=
R02.label                           | label_expires_on={WRONG_LABEL}
R01.lot.named                       | gtin=
{{product,product_preparation,lot_test_specification}}.gtin.check R01.{{gtin,lot.gtin}} | gtin={WRONG_GTIN}
R01.{{shipment,dispensing,vial,stock_count,vial_fate,reconstitution_vial}}.gtin | gtin={WRONG_GTIN}
R01.{{package,complaint,relabelling,reaction}}.gtin                             | gtin={WRONG_GTIN}
R01.{{shipment,dispensing,vial,stock_count,vial_fate,reconstitution_vial}}.named | serial= lot_number=
R01.package.named                   | serial= lot_number=
# of no lot of the plant's: so many packs would stand in every answer about it
{{shipment,stock_count,package_content}}.packs.limits | packs=1000001 serial= lot_number=A99-{{n:06d}}
R01.relabelling.new_gtin            | new_gtin={WRONG_GTIN}
R01.package.sscc                    | sscc=340999990000000000 item={{n}}
R01.package.order                   | unpacked_at={LONG_AGO}
product.content                     | content_g=0.05
excursion.warmest_c.limits          | warmest_c=150.5
X01.order R05.order                 | ended_at={LONG_AGO}
X01.temperature                     | coldest_c=27.0
C06.failed                          | failed_therapies=
C06.authorised                      | authorisation=
C00.weight                          | weight_kg=0.5
C01.day                             | day_of_course=6
R04.order                           | completed_at={LONG_AGO}
R04.clear                           | clear=no
R06.rate                            | rate_ml_h=2100
R07.given                           | given_g=1500
K01.reaction.lot                    | lot_number= administration=
K01.reaction.order                  | onset_at=2025-12-01T00:00:00+01:00
"""
# Where more or another changes than the last column that names a link's target.
_UNKNOWN = """
test_result/donor                   | tested=donor tested_id=D-UNKNOWN{n}
test_result/pool                    | tested=pool tested_id=POOL-99-{n:06d}
test_result/lot                     | tested=lot tested_id=A99-{n:06d}
pool_unit/pool                      | pool_number=POOL-99-{n:06d}
lot_input/from_pool                 | from_number=POOL-99-{n:06d} from_step=pool
lot_input/from_external             | from_number=ALB99-{n:06d} from_step=external
deviation/lot                       | lot_number=A99-{n:06d} step=dried
{shipment,package_content,complaint,stock_count,vial_fate,relabelling}/pack | serial=UNKNOWN{n}
{excursion,complaint,stock_count,vial_fate,relabelling}/party               | party=PHARMACY-99
{treatment_order,administration,course_review}/site                         | site=CLINIC-99
reconstitution/site                 | site=CLINIC-99 treatment_order=
{administration,reconstitution}/order                                       | treatment_order=ORD99-{n:06d}
{administration_vial,infusion_rate,adverse_reaction}/administration         | administration=INF99-{n:06d}
{administration_vial,reconstitution_vial}/preparation                       | preparation=PREP99-{n:06d}
{official_release,pack}/lot         | lot_number=A99-{n:06d}
{shipment,excursion}/from           | from_party=PLANT-99
{shipment,delivery}/to              | to_party=CLINIC-99
delivery/shipment                   | shipment=S99-{n:06d}
relabelling/new_pack                | new_serial=UNKNOWN{n}
dispensing/pharmacy                 | pharmacy=PHARMACY-99
adverse_reaction/reporter           | reporter=CLINIC-99
"""
# Of a vial's row that names no pack: parked under which links, the way by which its lot is reached.
UNKNOWN_VIALS = """
serial=UNKNOWN{n}                         | pack     | lot  |
serial=UNKNOWN{n} lot_number=             | pack     | none | unlinked
gtin=                                     | pack     | lot  | R07=pending
gtin= serial= lot_number=A99-{n:06d}      | lot      | none | unlinked R07=pending
serial=UNKNOWN{n} lot_number=A99-{n:06d}  | pack,lot | none | unlinked
"""
UNLINKED_VIAL = f"R03.dispensed=pending R03.given=pending R09={UNLINKED} "
NO_PACK = "E02=not_applicable E03.vials=not_applicable E03.end=not_applicable "
_FOLLOWS = f"""
# what is not readable is no good word
test_result.interpretation.readable | found=D07.result
donor_exam.conclusion.readable      | found=D06.suitable
lot_test.conclusion.readable        | found=S01.conclusion
reconstitution.clear.readable       | found=R04.clear
donation.total_protein_g_dl.limits  | found=D04
inspection.rejects_critical.limits  | found=L06.critical
donation.{{donor_key.present,donor_key.readable,donor_key.known}}   | D07.earlier=pending
donation.collected_at.{{present,readable}}                          | D07.earlier=pending
pool_unit/pool                      | U01=pending
P06.amount                          | P01= P02= S02= V06=  # a bulk is not asked about
deviation/lot                       | K01.deviation=pending
virus_removal.method.{{present,readable}}                           | V05=pending
pack.{{manufacturer,lot_number}}.{{present,readable}} pack/lot      | R02=pending
pack.label_expires_on.readable      | R02=pending
pack.packed_at.happened R02.label   | R02=finding
# from here on the pack that stands beside a row is not named by it, or not with how many vials
shipment.{{gtin.readable,serial.readable,serial.known,packs.limits}} shipment/pack | {NO_PACK}
R01.shipment.{{gtin,named}}         | {NO_PACK}
vial_fate.{{gtin,serial}}.{{readable,known}} R01.vial_fate.{{gtin,named}}          | {NO_PACK}
vial_fate/pack                      | {NO_PACK}
vial_fate.{{kind,vials}}.{{present,readable}} | E03.vials=pending E03.end=pending
vial_fate.vials.limits              | E03.vials=finding
vial_fate.at.{{present,readable}}   | E03.end=pending
{{{EACH_VIAL}}}.gtin.{{readable,known}} R01.{{dispensing,vial,reconstitution_vial}}.gtin \
| parked=pack way=lot R07=pending {NO_PACK}
{{{EACH_VIAL}}}.serial.{{readable,known}} | way=lot {NO_PACK}
R01.{{dispensing,vial,reconstitution_vial}}.named | parked=vial way=none {NO_PACK} {UNLINKED_VIAL}
{{{EACH_VIAL}}}.vials.{{present,readable}} | E03.vials=pending R07=pending
{{{EACH_VIAL}}}.vials.limits  | E03.vials=finding R07=finding
dispensing.patient_key.{{readable,known}} | way=nobody
reconstitution_vial/preparation administration_vial/administration | way=nobody
dispensing.dispensed_at.{{present,readable}} | R03.dispensed=pending
dispensing.dispensed_at.happened    | R03.dispensed=finding
administration.first_dose.readable  | C05=not_applicable
administration_vial/administration  | R03.given=pending R07=pending
administration_vial.{{given_g,wasted_g}}.readable   | R07=pending
administration_vial.wasted_g.limits R07.{{given,vials}} | R07=finding
"""


def _by_breach(table: str) -> Mapping[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    for breaches, told in rows(table):
        for breach in names(breaches):
            found[breach] += f" {told}"
    return found


INSTEAD: Mapping[str, str] = {
    **_by_breach(_INSTEAD),
    **{f"L02.product_{n}": f"product_{n}_c=999.9" for n in range(1, 9)},
}
UNKNOWN = _by_breach(_UNKNOWN)
FOLLOWS = {breach: pairs(told) for breach, told in _by_breach(_FOLLOWS).items()}
