"""The saleable unit that carries the serial."""

from decimal import Decimal

from lots.grammar.column import Column, Link, Lookup, Makes, Rule
from lots.grammar.columns import IN_A_VIAL, gtin_is_right
from lots.grammar.schema import Between, Holds, Kind, Ordered, Outcome, Record, Severity, Tells

RECORD = Record(
    "pack",
    "distribution",
    "A saleable pack: GTIN, serial and lot; one vial or several.",
    # A serial is unique within its GTIN alone.
    key=("gtin", "serial"),
    columns=(
        Column(1, "gtin", Kind.GTIN, "GTIN-14", tells=Tells.PRODUCT),
        Column(2, "serial", Kind.CODE, "the pack's serial, unique within the GTIN"),
        # Of both: a lot number without its maker may be another's.
        Column(
            3,
            "manufacturer",
            Kind.CODE,
            "whose lot number it is (party id)",
            required=True,
            completable=True,
            tells=Tells.MAKER,
        ),
        Column(4, "lot_number", Kind.CODE, "the lot on the label", required=True, completable=True),
        Column(
            5,
            "step",
            Kind.CHOICE,
            "always packed: the step of that lot",
            choices=("packed",),
            required=True,
        ),
        # Where a pack holds several, each of them may go to another patient.
        Column(
            6, "vials", Kind.COUNT, "vials in the pack", "vials", required=True, completable=True
        ),
        Column(
            7,
            "content_g",
            Kind.AMOUNT,
            "immunoglobulin in one vial",
            "g",
            digits=(4, 3),
            limits=IN_A_VIAL,
            completable=True,
        ),
        Column(8, "label_expires_on", Kind.DAY, "the expiry on the label"),
        Column(9, "packed_at", Kind.INSTANT, "when it was packed", happened=True, completable=True),
    ),
    # The lot is there as soon as a pack names it: no vial waits for the batch record.
    links=(Link("lot", ("manufacturer", "lot_number", "step"), "lot", makes=Makes.NODE),),
    rules=(
        # Refused on a packer's own rows alone: elsewhere the row may name a patient, and is parked
        # instead.
        gtin_is_right("R01.gtin", outcome=Outcome.REFUSE),
        Rule(
            "R02.label",
            Ordered("packed_at", "label_expires_on"),
            "The label's expiry is after packing.",
            "market withdrawal of lot LE12LG70AC, 2012 (S)",
            severity=Severity.CRITICAL,
            holds=Holds.LOT,
        ),
        Rule(
            "P06.vials",
            Between("vials", Decimal(1), Decimal(1000)),
            "A pack holds 1 to 1,000 vials.",
            "the house: every vial is accounted for",
            severity=Severity.HIGH,
            holds=Holds.LOT,
            unit="vials",
        ),
    ),
    at="packed_at",
    holds=Holds.LOT,
    looked_up=(Lookup(("lot_number",)), Lookup(("serial",), nearly=True)),
)
