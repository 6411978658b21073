"""One test of a lot."""

from lots.grammar.column import Column, Link, Measured, Rule
from lots.grammar.columns import amount
from lots.grammar.schema import Holds, Kind, Names, OneOf, Record, Severity
from lots.records.lot import STEPS

RECORD = Record(
    "lot_test",
    "lyophilisation",
    "One test of a lot: sterility, endotoxin, potency, identity, purity, moisture …",
    key=("manufacturer", "lot_number", "step", "test", "run"),
    columns=(
        Column("manufacturer", Kind.CODE, "whose lot it is (party id)"),
        Column("lot_number", Kind.CODE, "the lot"),
        Column("step", Kind.CHOICE, "its step", choices=STEPS),
        Column("test", Kind.CODE, "the test"),
        Column("run", Kind.COUNT, "the laboratory's number of this run"),
        amount("value", "what was measured, in value_unit", "", (12, 6)),
        Column("value_unit", Kind.CODE, "its unit"),
        Column(
            "conclusion",
            Kind.CHOICE,
            "what the laboratory concludes",
            required=True,
            choices=("passed", "failed", "invalid"),
        ),
        Column("laboratory", Kind.CODE, "who tested (party id)", names=Names.PLACE),
        Column("tested_at", Kind.INSTANT, "when", required=True, happened=True),
        Column(
            "status",
            Kind.CHOICE,
            "how far the result has got",
            choices=("preliminary", "final", "corrected"),
        ),
    ),
    links=(
        Link("lot", ("manufacturer", "lot_number", "step"), "lot"),
        Link("laboratory", ("laboratory",), "party"),
    ),
    rules=(
        Rule(
            "S01.conclusion",
            OneOf("conclusion", ("passed", "invalid")),
            "The lot did not fail the test.",
            "21 CFR 610.1 (G)",
            severity=Severity.CRITICAL,
            holds=Holds.LOT,
        ),
    ),
    at="tested_at",
    holds=Holds.LOT,
    rank=("status", ("preliminary", "final", "corrected")),
    measured=Measured("value_unit", "value"),
)
