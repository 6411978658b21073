"""What samples were mixed for testing; never a parent in lineage."""

from lots.grammar.column import Column, Each, Link, When
from lots.grammar.links import TESTED_BY, nameless, party
from lots.grammar.schema import Holds, Kind, Names, Record, Tells

RECORD = Record(
    "minipool_member",
    "donor_screening",
    "One sample, or one smaller minipool, in a minipool.",
    # A minipool may be mixed of smaller ones; it is for testing alone, and no parent in lineage.
    key=("minipool", "member_kind", "member"),
    columns=(
        Column(1, "minipool", Kind.CODE, "the minipool's number", names=Names.NUMBER),
        Column(
            2,
            "member_kind",
            Kind.CHOICE,
            "a donation's sample, or a minipool",
            choices=("donation", "minipool"),
        ),
        Column(
            3, "member", Kind.CODE, "donation number, or the smaller minipool's", names=Names.NUMBER
        ),
        # By it numbers are told apart: several laboratories may count minipools from 1.
        Column(
            4, "laboratory", Kind.CODE, "who mixed (party id)", tells=Tells.PLACE, completable=True
        ),
        Column(5, "mixed_at", Kind.INSTANT, "when", happened=True, completable=True),
    ),
    links=(
        Link("donation", ("member",), "donation", when=When("member_kind", ("donation",))),
        party("laboratory"),
        # No record describes a minipool: it is what its members say.
        nameless("minipool", "minipool", "minipool", each=Each("minipool")),
        nameless(
            "smaller",
            "member",
            "minipool",
            when=When("member_kind", ("minipool",)),
            each=TESTED_BY,
        ),
    ),
    at="mixed_at",
    holds=Holds.UNIT,
)
