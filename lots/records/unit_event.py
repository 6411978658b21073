"""What happened to a plasma unit besides pooling."""

from lots.grammar.column import Column, Link
from lots.grammar.links import party
from lots.grammar.schema import Holds, Kind, Names, Record, Tells

RECORD = Record(
    "unit_event",
    "donor_screening",
    "One event in a unit's life: held, let go, relabelled, shipped, destroyed.",
    # Numbered, since a unit may be held and let go several times on one day.
    key=("unit", "event"),
    columns=(
        Column(1, "unit", Kind.CODE, "the plasma unit", names=Names.NUMBER),
        Column(2, "event", Kind.CODE, "the event's number"),
        Column(
            3,
            "kind",
            Kind.CHOICE,
            "what happened",
            required=True,
            # The last of held and let_go before pooling counts (U01); each of the others is a fact
            # by itself.
            choices=("held", "let_go", "relabelled", "shipped", "destroyed", "other_use"),
        ),
        Column(4, "at", Kind.INSTANT, "when", required=True, happened=True),
        Column(
            5, "party", Kind.CODE, "who has it then (party id)", tells=Tells.PLACE, completable=True
        ),
        # As text: nobody judges by it, and people read it.
        Column(6, "reason", Kind.TEXT, "why"),
    ),
    links=(
        Link("unit", ("unit",), "plasma_unit", aside="tells of a unit, and leads to no pool"),
        party("party"),
    ),
    at="at",
    holds=Holds.UNIT,
)
