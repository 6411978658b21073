"""Small worlds drawn from a seed: few keys that meet often, values at their limits, and versions
that move a link.

A record is told as column=value|value ...: what is not in its key is the first more often than
another, and an empty value is a missing one.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import product

from lots.records import record as record_of

Row = dict[str, str]
Piece = tuple[str, list[Row]]  # a record's name, and the rows of one file

G1, G2 = "04099991000102", "14099991000109"
VERSIONS = (1, 1, 1, 2, 2, 3)  # of a key, equally likely
USUAL = 0.3  # how likely the first value is taken
CHANGED = 0.4  # how likely a further version changes each of its columns
MOST = 3  # rows in a file
EVERYBODY = (  # all is judged anew where it comes, which would mend what an earlier file left wrong
    "same_person"
)
DAYS = "2026-03-08T10:00:00Z|2026-03-01T10:00:00Z|2026-03-02T10:00:00Z|2026-03-02T23:30:00Z|2026-03-03T10:00:00Z"
GIVEN = "2026-06-01T10:00:00Z|2026-06-01T22:30:00Z|2026-06-02T09:00:00Z|2026-06-29T09:00:00Z"
LOT, FROM = "lot_number=L1|L1|L2", "from_lot_number=L1|L1|L2"
NAMED = f"gtin={G1}|{G1}|{G1}|{G2}| serial=S1|S2|S3|S3| lot_number=|L1|L2"
TREATED = (
    f"plant=M1 batch=B1|B1|B1|B2|B3 {FROM} from_step=bulk|filled|packed {LOT}"
    " step=bulk|packed|packed amount_kg=1"
)
BECAME = f"manufacturer=M1 {LOT} step=bulk|packed|packed from_manufacturer=M1"
TESTED = (
    "sample=1|2|3|4|5|6|7|8 marker=HIV-NAT run=1 kit_lot=K"
    " tested_at=2026-03-01T10:00:00Z|2026-03-04T10:00:00Z status=final|preliminary|corrected"
    " interpretation=nonreactive|reactive|reactive|invalid"
)
TWO = "prepared_by=QA-1 approved_by=QA-2 citation=law valid_from=2020-01-01"

REFERENCE = {  # every row of it, in force from the beginning
    "party": "party_id=C1|C2|M1|H1|PH1 kind=clinic name=N zone=Europe/Berlin jurisdiction=DE",
    "screening_scheme": (
        f"{TWO} jurisdiction=DE plasma_kind=source|recovered interval_days=2 week_max=2"
        " hold_days=60 exam_days=365 sample_months=4 sample_late_months=6 lookback_months=0"
        " haemoglobin_f_g_dl=12.5 haemoglobin_m_g_dl=13 thaw_h=72 storage_max_c=-20 thaw_max_c=-5"
    ),
    "screening_requirement": (
        f"{TWO} jurisdiction=DE plasma_kind=source level=donation|pool marker=HIV-NAT term_days=30"
    ),
    "product": (
        f"{TWO} gtin={G1}|{G2} name=IG content_g=5 low_iga=no bench_h=2 laminar_h=24 donors_min=2"
        " donors_max=1"
    ),
    "product_preparation": (
        f"{TWO} gtin={G1}|{G2} concentration_pct=5|10 diluent=SWFI diluent_ml=100 tolerance_pct=5 "
        "rate_max_ml_kg_h=4 rate_risk_ml_kg_h=2"
    ),
    "process_version": (
        f"{TWO} process_version=SD|NF method=solvent_detergent solvent=TNBP solvent_pct=0.3 "
        "detergent=PS80 detergent_pct=1 tolerance_pct=10 hold_h=6 temperature_min_c=24 "
        "temperature_max_c=30 prefilter_max_um=1 residual_solvent_max_ug_ml=10"
    ),
    "clearance": f"{TWO} process_version=SD|NF virus=HIV enveloped=yes tested=yes log10=4",
    "lot_test_specification": f"{TWO} gtin={G1}|{G2} test=potency low=90 high=110 value_unit=%",
    "dryer_recipe": (
        f"{TWO} plant=M1 recipe=R1 interval_s=60 pirani=yes probes=2 collapse_c=-30 margin_c=2 "
        "end_ratio=1.1 end_min=2 moisture_max_pct=2"
    ),
    "reporting_clock": (
        f"{TWO} jurisdiction=DE days=14 "
        "event=serious_reaction|deviation|donor_information|course_review|unlinked_vial"
    ),
}

COLUMNS = {
    "same_person": (
        "party=C1 statement=1|2 kind=donor|patient one_key=P1 other_key=P2|P3 "
        "stated_at=2026-01-01T10:00:00Z status=stated|withdrawn"
    ),
    "donation": (
        "donation_number=D1|D2|D3|D4 scheme=own donor_key=P1|P1|P1|P2|P3| centre=C1|C2"
        f" plasma_kind=source|source|source|recovered collected_at={DAYS}"
        " haemoglobin_g_dl=12.5|12.9|13|"
    ),
    "donation:few": (
        "donation_number=D1|D2|D3 scheme=own donor_key=P1|P1|P2|P3| centre=C1 plasma_kind=source "
        f"collected_at={DAYS} haemoglobin_g_dl=13"
    ),
    "donor": (
        "donor_key=P1|P2|P3 as_of=2026-03-02|2026-05-01 centre=C1 status=qualified|deferred"
        " sex=F|M|"
    ),
    "donor_exam": (
        "centre=C1 exam=1|2|3|4 donor_key=P1|P2|P3 kind=physical|four_month_sample "
        "examined_on=2025-03-02|2025-09-02|2025-11-02|2026-03-01|2026-03-08 reviewed_by=DR| "
        "conclusion=suitable|unsuitable"
    ),
    "deferral": (
        "centre=C1 deferral=1|2 donor_key=P1|P2|P3"
        " deferred_from=2026-03-09|2026-03-01|2027-03-02|2026-03-03 deferred_until=2026-03-02|"
        " cause=reactive_result|travel requalified_on=|2026-03-03"
    ),
    "plasma_unit": (
        "unit=U1|U2|U3|U4 donation_number=D1|D2|D3|D4 volume_ml=800| storage_max_c=-4|-20|-5| "
        "above_limit_h=72|73"
    ),
    "plasma_unit:few": (
        "unit=U1|U2|U3 donation_number=D1|D2|D3|D4 volume_ml=800|400| storage_max_c=-20"
    ),
    "unit_event": (
        "unit=U1|U2|U3|U4 event=1|2 kind=held|relabelled|relabelled|let_go|destroyed "
        "at=2026-04-01T10:00:00Z|2026-05-01T10:00:00Z"
    ),
    "pool": (
        "plant=M1 pool_number=1|2"
        " pooled_at=2026-05-01T10:00:00Z|2026-05-01T10:00:01Z|2026-05-05T10:00:00Z"
        " volume_l=1.6|1.2|"
    ),
    "pool_unit": "plant=M1 pool_number=1|1|2 unit=U1|U2|U3|U4 volume_ml=800|400|",
    "pool_unit:few": "plant=M1 pool_number=1|2 unit=U1|U2|U3 volume_ml=800|400|",
    "minipool_member": "minipool=K1|K1|K2 member_kind=donation member=D1|D2|D3",
    "minipool_member:larger": "minipool=K2|K3 member_kind=minipool member=K1|K2",
    "test_result": (
        f"{TESTED}|reactive|repeatedly_reactive "
        "tested_what=donation:D1|donation:D2|donation:D3|donation:D4|donor:P1|donor:P2|pool:1"
    ),
    "test_result:mixed": (
        f"{TESTED} tested_what=minipool:K1|minipool:K2|minipool:K3|donation:D1|donation:D2|pool:1"
    ),
    "test_result:early": (
        "sample=1|2|3|4|5|6 marker=HIV-NAT|HIV-NAT|anti-HBc run=1|2 kit_lot=K"
        " status=final|corrected tested_at=2026-03-01T10:00:00Z|2026-02-01T10:00:00Z"
        " tested_what=donation:D1|donation:D2|donor:P1|donor:P2|pool:1|pool:2"
        " interpretation=reactive|reactive|nonreactive|invalid"
    ),
    "test_result:window": (
        "sample=7|8|9 marker=HIV-NAT|anti-HIV-1/2|HBsAg run=1 kit_lot=K status=final|corrected "
        "tested_at=2026-03-01T10:00:00Z|2026-02-01T10:00:00Z tested_what=donation:D1|donation:D2|"
        "minipool:K1|donor:P1 interpretation=nonreactive|nonreactive|reactive"
    ),
    "post_donation_information": (
        "centre=C1 information=1|2|3 donor_key=P1|P2|P3|| donation_number=|D1|D2|D3|D4 "
        "kind=travel|cjd effective_on=2026-03-03|2027-01-01| learned_at=2026-04-01T10:00:00Z "
        "reviewed_at=2026-04-15T21:59:00Z|2026-04-15T22:00:00Z|"
    ),
    "lot": (
        f"manufacturer=M1 {LOT} step=packed product=IG gtin={G1}|{G2}| made_at=2026-05-20T10:00:00Z"
        " expires_on=2028-06-01|2026-06-01|"
    ),
    "external_lot": f"supplier=M1 {LOT} kind=bulk",
    "lot_input": f"{BECAME} from_number=1|1|2 from_step=pool amount=1|2",
    "lot_input:lots": (
        f"{BECAME} from_number=L1|L2 from_step=bulk|filled|dried|packed|external amount=1|2"
    ),
    "lot_input:few": f"{BECAME} from_number=L1|L2 from_step=dried|bulk|external amount=1",
    "filling_load": f"plant=M1 batch=F1 {FROM} {LOT} vials=1",
    "lyophilisation_load": f"plant=M1 cycle=Y1|Y2 {FROM} {LOT} vials=1",
    "viral_inactivation": (
        "plant=M1 batch=B1|B2 process_version=SD prefilter_um=1|1.1 "
        "prefiltered_at=2026-05-10T09:00:00Z solvent=TNBP solvent_start_pct=0.33|0.34 "
        "solvent_end_pct=0.3 detergent=PS80 detergent_start_pct=1 detergent_end_pct=1| "
        "started_at=2026-05-10T10:00:00Z ended_at=2026-05-10T16:00:00Z|2026-05-10T15:59:00Z "
        "temperature_min_c=24 temperature_max_c=30 residual_solvent_ug_ml=10|11|"
    ),
    "viral_inactivation_load": TREATED,
    "virus_removal": (
        "plant=M1 batch=B1|B2 process_version=NF method=nanofiltration|low_ph "
        "integrity_before=pass integrity_after=pass|fail started_at=2026-05-11T10:00:00Z"
    ),
    "virus_removal_load": TREATED,
    "lyophilisation": (
        "plant=M1 cycle=Y1|Y2 dryer=DR1 recipe=R1| loaded_at=2026-05-12T10:00:00Z "
        "moisture_max_pct=2|2.1| moisture_n=5"
    ),
    "lyophilisation_reading": (
        "plant=M1 cycle=Y1|Y2 elapsed_s=0|60|120|240|360 phase=4|3|6|7 pirani_mtorr=110|111 "
        "cm_mtorr=100 product_1_c=-32|-31.9 product_2_c=-32|"
    ),
    "lot_test": (
        f"manufacturer=M1 {LOT} step=dried|packed test=potency run=1|2 value=90|89| value_unit=% "
        "conclusion=passed|failed|invalid tested_at=2026-05-21T10:00:00Z "
        "status=final|preliminary|corrected"
    ),
    "deviation": (
        "plant=M1 deviation=1|2|3 kind=vacuum batch=Y1|Y2| lot_number=L1| step=dried "
        "opened_at=2026-05-13T10:00:00Z reported_at=2026-05-27T21:59:00Z|2026-05-27T22:00:00Z|"
    ),
    "official_release": (
        f"manufacturer=M1 {LOT} market=DE|FR released_at=2026-05-30T10:00:00Z|"
        "2026-06-01T10:00:01Z|2026-06-02T09:00:01Z"
    ),
    "pack": (
        f"gtin={G1}|{G1}|{G2} serial=S1|S2 manufacturer=M1 {LOT} step=packed vials=1|2"
        " content_g=5|10| label_expires_on=2028-06-01|2026-06-01|"
        " packed_at=2026-05-30T10:00:00Z|2026-06-01T10:00:00Z|"
    ),
    "relabelling": (
        f"gtin={G1} serial=S1|S2 new_gtin={G1}|{G1}|{G2} new_serial=S2|S3|S3 "
        "relabelled_at=2026-05-31T10:00:00Z"
    ),
    "relabelling:chain": (
        f"gtin={G1}|{G2} serial=S1|S2|S3 new_gtin={G1}|{G2} new_serial=S1|S2|S3 "
        "relabelled_at=2026-05-31T10:00:00Z"
    ),
    "shipment": (
        f"from_party=M1 shipment=1|2|3 item=1 kind=sale|return to_party=PH1 packs=1 gtin={G1}|{G2}"
        " serial=S1|S2| lot_number=L1"
        " shipped_at=2026-05-30T10:00:00Z|2026-05-30T09:59:00Z|2026-06-03T10:00:00Z"
    ),
    "dispensing": (
        f"pharmacy=PH1 dispensing=1|2|3|4 to_kind=ward vials=1 {NAMED} "
        "dispensed_at=2026-06-01T10:00:00Z|2026-05-30T10:00:00Z|2026-06-02T00:00:00+02:00"
    ),
    "vial_fate": (
        f"party=H1|PH1 fate=1|2|3 kind=returned|destroyed|lost| {NAMED} vials=1|2| fit=|yes|no"
        " position=|1 at=2026-06-01T09:00:00Z|2026-06-01T12:00:00Z|"
    ),
    "treatment_order": (
        "site=H1 treatment_order=O1|O2|O3 patient_key=P1|P2 ordered_at=2026-05-30T10:00:00Z "
        "indication=MS|PID weight_kg=10|5|100| iga_deficiency=no|yes kidney=no|yes|"
    ),
    "reconstitution": (
        "site=H1 preparation=1|2 treatment_order=O1|O2 diluent=SWFI|NaCl "
        "volume_ml=105|200|210| concentration_pct=5|10|7 started_at=2026-06-01T07:00:00Z "
        "completed_at=2026-06-01T08:00:00Z|2026-06-01T07:59:00Z|2026-06-01T10:30:00Z| "
        "place=bench|laminar_flow stored_c=8|9"
    ),
    "reconstitution_vial": f"site=H1 preparation=1|1|2 item=1|2 {NAMED} vials=1|2",
    "administration": (
        "site=H1 administration=1|2|3|4 patient_key=P1|P1|P2|P2|P3| course=1|2| "
        "status=given|not_given first_dose=yes|no supervised_by=DR| "
        f"started_at={GIVEN} treatment_order=O1|O2|O3|"
    ),
    "administration_vial": (
        f"site=H1 administration=1|2|3|4 item=1|2 {NAMED} vials=1|2 given_g=4.75|5|9.5| "
        "wasted_g=0|0.5 preparation=1|2|"
    ),
    "infusion_rate": "site=H1 administration=1|2|3|4 minute=0|30 rate_ml_h=10|20|40|41",
    "adverse_reaction": (
        "reporter=H1 reaction=1|2 lot_number=L1 kind=fever serious=yes|no "
        "aware_at=2026-06-02T10:00:00Z reported_at=2026-06-16T21:59:00Z|2026-06-16T22:00:00Z|"
    ),
    "course_review": (
        "site=H1 patient_key=P1|P2|P3 reviewed_on=2026-06-01|2026-06-15|2026-06-16 decision=go_on"
    ),
}

WORLDS = {  # how many keys of each record
    "donors": {
        "same_person": 1,
        "donation": 4,
        "donor": 3,
        "donor_exam": 2,
        "deferral": 1,
        "test_result": 6,
        "post_donation_information": 3,
    },
    "pooled": {
        "same_person": 1,
        "donation": 4,
        "donor": 3,
        "deferral": 2,
        "plasma_unit": 4,
        "unit_event": 3,
        "pool": 1,
        "pool_unit": 6,
        "test_result": 4,
    },
    "screening": {
        "donation": 3,
        "test_result:mixed": 6,
        "minipool_member": 4,
        "minipool_member:larger": 2,
        "plasma_unit": 2,
        "pool": 1,
        "pool_unit": 2,
    },
    "making": {
        "donation": 3,
        "plasma_unit": 3,
        "pool_unit": 4,
        "lot": 2,
        "lot_input": 2,
        "lot_input:lots": 4,
        "filling_load": 2,
        "lyophilisation_load": 2,
        "lot_test": 3,
    },
    "viruses": {
        "lot": 2,
        "lot_input": 1,
        "lot_input:lots": 3,
        "pool_unit": 1,
        "viral_inactivation": 1,
        "viral_inactivation_load": 4,
        "virus_removal": 1,
        "virus_removal_load": 4,
    },
    "drying": {"lyophilisation": 2, "lyophilisation_reading": 8, "deviation": 3},
    "packs": {
        "lot": 2,
        "official_release": 3,
        "pack": 3,
        "relabelling": 2,
        "shipment": 3,
        "dispensing": 4,
        "vial_fate": 3,
        "administration": 1,
        "administration_vial": 2,
    },
    "vials": {
        "lot": 2,
        "lot_input": 1,
        "lot_input:lots": 2,
        "external_lot": 1,
        "official_release": 2,
        "pack": 2,
        "relabelling": 2,
        "reconstitution": 1,
        "reconstitution_vial": 3,
        "administration": 2,
        "administration_vial": 4,
        "vial_fate": 2,
    },
    "giving": {
        "same_person": 1,
        "treatment_order": 2,
        "reconstitution": 2,
        "reconstitution_vial": 3,
        "administration": 4,
        "administration_vial": 5,
        "infusion_rate": 3,
        "adverse_reaction": 1,
        "course_review": 2,
    },
    "reactive": {
        "same_person": 1,
        "donation:few": 3,
        "donor": 2,
        "test_result:early": 6,
        "deferral": 2,
        "minipool_member": 1,
        "test_result:window": 3,
        "unit_event": 2,
        "plasma_unit:few": 3,
        "pool": 2,
        "pool_unit:few": 4,
    },
    "lineage": {
        "donation:few": 3,
        "plasma_unit:few": 3,
        "pool_unit:few": 4,
        "lot": 2,
        "lot_input": 2,
        "lot_input:few": 3,
        "filling_load": 2,
        "lyophilisation_load": 2,
        "viral_inactivation_load": 2,
    },
    "chain": {
        "lot": 2,
        "official_release": 3,
        "pack": 3,
        "relabelling:chain": 4,
        "dispensing": 3,
        "administration": 2,
        "reconstitution": 1,
        "reconstitution_vial": 2,
        "administration_vial": 4,
        "lot_input": 1,
    },
}
JUDGED_BY = {
    "donors": ("screening_scheme", "screening_requirement", "reporting_clock"),
    "pooled": ("screening_scheme", "screening_requirement"),
    "screening": ("screening_scheme", "screening_requirement"),
    "making": ("product", "lot_test_specification"),
    "viruses": ("product", "process_version", "clearance"),
    "drying": ("dryer_recipe", "reporting_clock"),
    "packs": (),
    "vials": ("product", "reporting_clock"),
    "giving": ("product", "product_preparation", "reporting_clock"),
    "reactive": ("screening_scheme", "screening_requirement"),
    "lineage": ("product",),
    "chain": ("product", "reporting_clock"),
}


def reference(world: str) -> list[Piece]:
    """The rows that a world is judged by, one file for each record."""
    return [
        (record, [dict(zip(columns, values, strict=True)) for values in product(*columns.values())])
        for record in ("party", *JUDGED_BY[world])
        for columns in [_columns(REFERENCE[record])]
    ]


def pieces(world: str, seed: int) -> tuple[list[Piece], list[Piece]]:
    """A world's files by a seed: those that come together at first, one for each record, and those
    that come alone.
    """
    draw = random.Random(f"{world} {seed}")
    early: list[Piece] = []
    late: list[Piece] = []
    people: list[Piece] = []
    for told, keys in WORLDS[world].items():
        record = told.partition(":")[0]
        rows = list(_rows(told, keys, draw))
        draw.shuffle(rows)
        many = draw.randint(0, len(rows) // 2)
        early += [(record, rows[:many])] if many else []
        (people if record == EVERYBODY else late).extend(
            (record, part) for part in _parts(rows[many:], draw)
        )
    draw.shuffle(late)
    for piece in people:
        late.insert(draw.randrange(1 + len(late) // 3), piece)
    return early, late


def _columns(text: str) -> dict[str, Sequence[str]]:
    return {
        name: values.split("|")
        for name, values in (column.split("=", 1) for column in text.split())
    }


def _rows(told: str, keys: int, draw: random.Random) -> Iterator[Row]:
    columns, named = _columns(COLUMNS[told]), record_of(told.partition(":")[0]).key
    every = list(product(*(columns[name] for name in named)))
    for key in draw.sample(every, min(keys, len(every))):
        row = {name: _drawn(values, draw) for name, values in columns.items()} | dict(
            zip(named, key, strict=True)
        )
        for version in range(draw.choice(VERSIONS)):
            if version:
                row |= {
                    name: _drawn(values, draw)
                    for name, values in columns.items()
                    if name not in named and draw.random() < CHANGED
                }
                row |= _declared(draw.choice((0, version)))
            yield _told(row)


def _drawn(values: Sequence[str], draw: random.Random) -> str:
    return values[0] if draw.random() < USUAL else draw.choice(values)


def _declared(correction: int) -> Row:
    """How a further version comes: as a declared correction, or without a word."""
    values = (str(correction), "QA-1", "typing error") if correction else ("", "", "")
    return dict(zip(("correction", "corrected_by", "correction_reason"), values, strict=True))


def _told(row: Row) -> Row:
    """A row with what was tested in its two columns."""
    tested, _, tested_id = row.get("tested_what", "").partition(":")
    more = {"tested": tested, "tested_id": tested_id} if tested else {}
    return {name: value for name, value in (row | more).items() if name != "tested_what"}


def _parts(rows: list[Row], draw: random.Random) -> Iterator[list[Row]]:
    while rows:
        many = draw.randint(1, MOST)
        yield rows[:many]
        rows = rows[many:]
