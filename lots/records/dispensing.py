"""What a pharmacy handed out."""

from decimal import Decimal

from lots.grammar.column import Column, Lookup, Rule, When
from lots.grammar.columns import IN_A_PACK, OF_A_WARD, gtin_is_right
from lots.grammar.links import OF_VIALS, nameless, party
from lots.grammar.schema import AnyOf, Between, Kind, Line, Names, Record, Severity, Tells

# Who of a ward or a home is given them, an infusion says.
TO_OTHERS = When("to_kind", ("ward", "home"))

RECORD = Record(
    "dispensing",
    "distribution",
    "Vials handed to a patient, a ward or a home.",
    key=("pharmacy", "dispensing"),
    columns=(
        Column(1, "pharmacy", Kind.CODE, "who dispensed (party id)", tells=Tells.PLACE),
        Column(
            2,
            "dispensing",
            Kind.CODE,
            "the dispensing's number at that pharmacy",
            names=Names.NUMBER,
        ),
        Column(
            3, "to_kind", Kind.CHOICE, "to whom", required=True, choices=("patient", "ward", "home")
        ),
        # Not needed: what goes to a ward has no patient yet.
        Column(
            4,
            "patient_key",
            Kind.CODE,
            "opaque key of the patient",
            tells=Tells.PATIENT,
            completable=True,
        ),
        Column(
            5, "dispensed_at", Kind.INSTANT, "when", required=True, happened=True, completable=True
        ),
        Column(6, "gtin", Kind.GTIN, "GTIN-14", names=Names.LABEL, tells=Tells.PRODUCT),
        Column(
            7,
            "serial",
            Kind.CODE,
            "the pack's serial; empty where only a count is known",
            names=Names.LABEL,
            completable=True,
        ),
        Column(
            8, "lot_number", Kind.CODE, "the lot on the label", names=Names.LABEL, completable=True
        ),
        Column(
            9,
            "vials",
            Kind.COUNT,
            "vials handed out",
            "vials",
            required=True,
            limits=OF_A_WARD,
            completable=True,
        ),
        # Of a pack of several, when vials are handed out one by one.
        Column(
            10,
            "position",
            Kind.COUNT,
            "the vial's position in a pack of several",
            limits=IN_A_PACK,
            completable=True,
        ),
    ),
    links=(
        party("pharmacy"),
        *OF_VIALS,
        nameless("patient", "patient_key", "patient", unless=TO_OTHERS),
    ),
    rules=(
        gtin_is_right("R01.dispensing.gtin"),
        Rule(
            "R01.dispensing.named",
            AnyOf(("serial", "lot_number")),
            "The vials are named by serial or by lot.",
            "21 CFR 606.165 (S)",
            severity=Severity.CRITICAL,
        ),
        Rule(
            "R07.dispensing.vials",
            Between("vials", Decimal(1)),
            "At least one vial was handed out.",
            "the house: every vial is accounted for",
            severity=Severity.HIGH,
            unit="vials",
        ),
    ),
    at="dispensed_at",
    # What nothing later is known of may lie in a refrigerator at home: a recall can still save it.
    line=Line.DISPENSED,
    enough=(("pack", "lot"),),
    looked_up=(
        Lookup(("gtin", "serial")),
        Lookup(("lot_number",)),
    ),
)
