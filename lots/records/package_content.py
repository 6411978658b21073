"""What is in a case or on a pallet."""

from lots.grammar.column import Column, Each, Link, Lookup, Rule
from lots.grammar.columns import HANDLED, OF_A_PACKAGE, gtin_is_right, numbered
from lots.grammar.links import COUNTED_LOT, nameless
from lots.grammar.schema import AnyOf, CheckCharacter, Kind, Ordered, Record, Severity

RECORD = Record(
    "package_content",
    "distribution",
    "One line of what a package holds: a package, a pack, or packs of a lot.",
    # By line: a package is filled again under its number, and holds packs that have no serial.
    key=("sscc", "item"),
    columns=(
        Column(1, "sscc", Kind.CODE, "the package's SSCC"),
        Column(2, "item", Kind.COUNT, "the line"),
        # At any depth: pallets hold cases, cases hold boxes.
        Column(3, "child_sscc", Kind.CODE, "a smaller package in it"),
        *numbered(4, HANDLED),
        Column(
            7, "packs", Kind.COUNT, "packs that this line stands for", "packs", limits=OF_A_PACKAGE
        ),
        Column(8, "packed_at", Kind.INSTANT, "when it was put in", required=True, happened=True),
        # May not be filled in later: what tells that packs are gone from a package is said by a
        # correction.
        Column(9, "unpacked_at", Kind.INSTANT, "when it was taken out", happened=True),
    ),
    links=(
        Link("pack", ("gtin", "serial"), "pack"),
        COUNTED_LOT,
        nameless("package", "sscc", "package", each=Each("package")),
        nameless("child", "child_sscc", "package"),
    ),
    rules=(
        Rule(
            "R01.package.sscc",
            CheckCharacter("sscc", "sscc"),
            "The SSCC's check digit is the computed one.",
            "GS1 General Specifications, check digit (S)",
            severity=Severity.HIGH,
        ),
        gtin_is_right("R01.package.gtin"),
        Rule(
            "R01.package.named",
            AnyOf(("child_sscc", "serial", "lot_number")),
            "What is in it is named.",
            "21 CFR 211.196 (S)",
            severity=Severity.CRITICAL,
        ),
        Rule(
            "R01.package.order",
            Ordered("packed_at", "unpacked_at"),
            "It is taken out after it was put in.",
            "the house: every vial is accounted for",
            severity=Severity.HIGH,
        ),
    ),
    at="packed_at",
    enough=(("pack", "lot", "child"),),
    # Upward: which package is this one in?
    looked_up=(
        Lookup(("child_sscc",)),
        # Downward: in which packages are packs that are told by their lot alone?
        Lookup(("lot_number",)),
    ),
)
