"""One assay on one sample of a donation, donor, minipool, pool or lot."""

from lots.grammar.column import Column, Link, Lookup, Measured, Rule, When
from lots.grammar.links import TESTED_BY, nameless
from lots.grammar.schema import Holds, Kind, Names, OneOf, Ordered, Present, Record, Severity, Tells

# Whose result is a matter of a unit: pools and lots have limits of their own (P03, S02).
OF_A_DONATION = When("tested", ("donation", "donor", "minipool"))
OF_A_DONOR = When("tested", ("donor",))
OF_A_MINIPOOL = When("tested", ("minipool",))
OF_A_POOL = When("tested", ("pool",))

# As docs/judging.md reads a result: indeterminate counts as reactive, invalid as nothing.
# What the laboratory says, never worked out from value and cut-off: its kit, its decision.
NOT_GOOD = When("interpretation", ("reactive", "repeatedly_reactive", "indeterminate"))

# A closed list: one that is read as another, or as none, would pass what it should hold.
MARKERS = (
    "HBsAg",
    "anti-HCV",
    "anti-HIV-1/2",
    "anti-HBc",
    "HIV-NAT",
    "HCV-NAT",
    "HBV-NAT",
    "HAV-NAT",
    "B19V-NAT",
    "HEV-NAT",
    "syphilis",
)

RECORD = Record(
    "test_result",
    "donor_screening",
    "One assay on one sample.",
    # A repeat is another run and stands beside the first, which it never replaces.
    key=("sample", "marker", "run"),
    columns=(
        Column(1, "sample", Kind.CODE, "the sample's number"),
        Column(2, "marker", Kind.CHOICE, "what was looked for", choices=MARKERS),
        Column(3, "run", Kind.COUNT, "the laboratory's number of this run on this sample"),
        Column(
            4,
            "tested",
            Kind.CHOICE,
            "what the sample is of",
            required=True,
            choices=("donation", "donor", "minipool", "pool", "lot"),
        ),
        # One column for five things: a laboratory's export has one, beside what the sample is of.
        Column(
            5,
            "tested_id",
            Kind.CODE,
            "which one: donation number, donor key, minipool, pool or lot number",
            required=True,
            tells=Tells.DONOR,
            # In the other rows it names things, which whoever only reads may see (readers.md).
            named_when=OF_A_DONOR,
        ),
        Column(
            6,
            "role",
            Kind.CHOICE,
            "why this run was made",
            choices=("initial", "repeat", "resolution", "supplemental", "look-back"),
        ),
        Column(7, "method", Kind.CODE, "the method", completable=True),
        Column(8, "kit", Kind.CODE, "the test kit", completable=True),
        Column(9, "kit_lot", Kind.CODE, "the kit's lot", names=Names.LABEL, completable=True),
        Column(10, "kit_expires_on", Kind.DAY, "the kit lot's last day of use"),
        Column(
            11,
            "laboratory",
            Kind.CODE,
            "who tested (party id)",
            tells=Tells.PLACE,
            completable=True,
        ),
        Column(12, "analyser", Kind.CODE, "on which analyser", completable=True),
        Column(
            13,
            "taken_at",
            Kind.INSTANT,
            "when the sample was taken",
            happened=True,
            completable=True,
        ),
        Column(
            14,
            "tested_at",
            Kind.INSTANT,
            "when it was tested",
            required=True,
            happened=True,
            completable=True,
        ),
        # Beside the value: "less than 20" is no number, and "more than" a limit is bad news though
        # no number says how bad.
        Column(
            15,
            "operator",
            Kind.CHOICE,
            "how the value is to be read",
            choices=("=", "<", ">", "<=", ">="),
        ),
        Column(16, "value", Kind.AMOUNT, "the measured value", digits=(12, 6), completable=True),
        # As written: which spellings are one unit is a matter of comparing (docs/judging.md), never
        # of storing.
        Column(17, "value_unit", Kind.CODE, "its unit, as the laboratory writes it"),
        Column(
            18,
            "interpretation",
            Kind.CHOICE,
            "what the laboratory concludes",
            required=True,
            choices=("nonreactive", "reactive", "repeatedly_reactive", "indeterminate", "invalid"),
        ),
        Column(
            19,
            "status",
            Kind.CHOICE,
            "how far the result has got",
            choices=("preliminary", "final", "corrected"),
        ),
    ),
    links=(
        Link("donation", ("tested_id",), "donation", when=When("tested", ("donation",))),
        Link("donor", ("tested_id",), "donor", on=("donor_key",), when=OF_A_DONOR),
        # By number alone, since a laboratory does not know plants; one that is not one thing's
        # passes nobody.
        Link("pool", ("tested_id",), "pool", on=("pool_number",), when=OF_A_POOL),
        Link("lot", ("tested_id",), "lot", on=("lot_number",), when=When("tested", ("lot",))),
        Link("laboratory", ("laboratory",), "party"),
        nameless("minipool", "tested_id", "minipool", when=OF_A_MINIPOOL, each=TESTED_BY),
        nameless("kit_lot", "kit_lot", "kit lot"),
        nameless("analyser", "analyser", "analyser"),
    ),
    rules=(
        Rule(
            "D07.result",
            OneOf("interpretation", ("nonreactive",)),
            "The result is nonreactive.",
            "21 CFR 610.40(a), (h)(1) (S)",
            severity=Severity.CRITICAL,
            holds=Holds.UNIT,
            when=OF_A_DONATION,
            # No newer data explain a reactive result; a person closes the finding.
            lasting=True,
        ),
        # Without it no question about a kit reaches the result: the certificate counts such rows.
        Rule(
            "D12.kit_lot",
            Present("kit_lot"),
            "The kit's lot is recorded.",
            "21 CFR 606.160(a)(2) (S)",
            severity=Severity.HIGH,
            holds=Holds.UNIT,
        ),
        Rule(
            "D12.expiry",
            Ordered("tested_at", "kit_expires_on"),
            "The kit had not expired on the day of the test.",
            "21 CFR 606.160(a)(2) (S)",
            severity=Severity.HIGH,
            holds=Holds.UNIT,
        ),
        Rule(
            "D12.order",
            Ordered("taken_at", "tested_at"),
            "The sample was taken before it was tested.",
            "21 CFR 606.160(a)(1) (S)",
            severity=Severity.HIGH,
            holds=Holds.UNIT,
        ),
    ),
    at="tested_at",
    holds=Holds.UNIT,
    enough=(("donation", "donor", "minipool", "pool", "lot"),),
    # A laboratory's own order: what is final stands before what was preliminary, in whatever order
    # they come.
    rank=("status", ("preliminary", "final", "corrected")),
    measured=Measured("value_unit", "value", "operator"),
    looked_up=(
        # One result in thirty, or those that name none, of all that were ever received.
        Lookup(("kit_lot",)),
        # Few rows, and every question about a donor's past asks for them.
        Lookup(("tested_id",), NOT_GOOD, "reactive"),
    ),
)
