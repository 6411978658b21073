"""One test of a lot."""

from lots.grammar.column import Column, Link, Measured, Rule
from lots.grammar.columns import amount
from lots.grammar.links import TELLS_OF_A_LOT, party
from lots.grammar.schema import Holds, Kind, OneOf, Record, Severity, Tells
from lots.records.lot import STEPS

RECORD = Record(
    "lot_test",
    "lyophilisation",
    "One test of a lot: sterility, endotoxin, potency, identity, purity, moisture …",
    # With the run: a test that is done again stands beside the first, and a failed one is not
    # outvoted.
    key=("manufacturer", "lot_number", "step", "test", "run"),
    columns=(
        Column(1, "manufacturer", Kind.CODE, "whose lot it is (party id)", tells=Tells.MAKER),
        Column(2, "lot_number", Kind.CODE, "the lot"),
        Column(3, "step", Kind.CHOICE, "its step", choices=STEPS),
        Column(4, "test", Kind.CODE, "the test"),
        Column(5, "run", Kind.COUNT, "the laboratory's number of this run"),
        amount(6, "value", "what was measured, in value_unit", "", (12, 6), completable=True),
        Column(7, "value_unit", Kind.CODE, "its unit"),
        # As the laboratory says; the specification is asked as well (S02), for what it forgot.
        Column(
            8,
            "conclusion",
            Kind.CHOICE,
            "what the laboratory concludes",
            required=True,
            choices=("passed", "failed", "invalid"),
        ),
        Column(
            9, "laboratory", Kind.CODE, "who tested (party id)", tells=Tells.PLACE, completable=True
        ),
        Column(
            10, "tested_at", Kind.INSTANT, "when", required=True, happened=True, completable=True
        ),
        Column(
            11,
            "status",
            Kind.CHOICE,
            "how far the result has got",
            choices=("preliminary", "final", "corrected"),
        ),
    ),
    links=(
        Link("lot", ("manufacturer", "lot_number", "step"), "lot", aside=TELLS_OF_A_LOT),
        party("laboratory"),
    ),
    rules=(
        Rule(
            "S01.conclusion",
            # An invalid run says nothing, neither that it passed: S02 waits for one that does.
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
