"""Each vial that went into an infusion."""

from decimal import Decimal

from lots.grammar.column import Column, Each, Link, Lookup, Rule, When
from lots.grammar.columns import IN_A_DAY, IN_A_PACK, OF_A_PATIENT, gtin_is_right
from lots.grammar.links import OF_VIALS
from lots.grammar.schema import AnyOf, Between, Kind, Line, Names, Record, Severity, Tells

# Of an infusion that was not given, nothing need have been prepared.
CALLED_OFF = When("status", ("not_given",))

RECORD = Record(
    "administration_vial",
    "reconstitution",
    "One vial, or several of one lot, that went into an infusion.",
    # By a number within the infusion and not by the vial: one that cannot be identified still has
    # its row, with its patient.
    key=("site", "administration", "item"),
    columns=(
        Column(1, "site", Kind.CODE, "where the patient is treated (party id)", tells=Tells.PLACE),
        Column(
            2, "administration", Kind.CODE, "the infusion's number at that site", names=Names.NUMBER
        ),
        Column(3, "item", Kind.COUNT, "the vial's number within the infusion"),
        # Neither GTIN, serial nor lot may be filled in later: an infusion that names none is walked
        # by its preparation, and would leave it.
        Column(4, "gtin", Kind.GTIN, "GTIN-14", names=Names.LABEL, tells=Tells.PRODUCT),
        Column(
            5,
            "serial",
            Kind.CODE,
            "the pack's serial; empty where only the lot is known",
            names=Names.LABEL,
        ),
        Column(
            6,
            "position",
            Kind.COUNT,
            "the vial's position in a pack of several",
            limits=IN_A_PACK,
            completable=True,
        ),
        Column(7, "lot_number", Kind.CODE, "the lot on the label", names=Names.LABEL),
        Column(
            8,
            "vials",
            Kind.COUNT,
            "vials that this line stands for",
            "vials",
            required=True,
            limits=OF_A_PATIENT,
            completable=True,
        ),
        # With what was discarded it makes the vial's content (R07): whatever is missing is told.
        Column(
            9, "given_g", Kind.AMOUNT, "immunoglobulin given", "g", digits=(5, 3), completable=True
        ),
        Column(
            10,
            "wasted_g",
            Kind.AMOUNT,
            "immunoglobulin discarded",
            "g",
            digits=(5, 3),
            limits=IN_A_DAY,
            completable=True,
        ),
        # Of a bag of many vials the ward may know its number alone.
        Column(
            11,
            "preparation",
            Kind.CODE,
            "the preparation that it went into, at that site",
            names=Names.NUMBER,
            completable=True,
        ),
    ),
    links=(
        Link(
            "administration",
            ("site", "administration"),
            "administration",
            each=Each("administration", unless=CALLED_OFF),
        ),
        Link("preparation", ("site", "preparation"), "reconstitution"),
        *OF_VIALS,
    ),
    rules=(
        gtin_is_right("R01.vial.gtin"),
        Rule(
            "R01.vial.named",
            AnyOf(("serial", "lot_number")),
            "The vial is named by serial or by lot.",
            "21 CFR 600.12(a) (S)",
            severity=Severity.CRITICAL,
        ),
        Rule(
            "R07.given",
            Between("given_g", Decimal(0), Decimal(1000)),
            "What was given is 0 to 1,000 g.",
            "the house: what an infusion can hold",
            severity=Severity.WARNING,
            unit="g",
        ),
        Rule(
            "R07.vials",
            Between("vials", Decimal(1)),
            "The line stands for at least one vial.",
            "the house: every vial is accounted for",
            severity=Severity.HIGH,
            unit="vials",
        ),
    ),
    line=Line.GIVEN,
    # What was prepared is asked for by its preparation, also where the label says the lot.
    enough=(("pack", "lot", "preparation"), ("preparation",)),
    looked_up=(
        Lookup(("gtin", "serial")),
        Lookup(("lot_number",)),
    ),
)
