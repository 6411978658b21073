"""Who may collect or test for which market, and when."""

from lots.grammar.column import Column
from lots.grammar.columns import DATED, numbered, two_people
from lots.grammar.links import party
from lots.grammar.schema import Kind, Record, Tells

# A licence is told and not judged by: no rule of ours decides who may sell.
RECORD = Record(
    "approval",
    "intake",
    "A centre's or laboratory's approval for a market.",
    key=("party", "activity", "market", "valid_from"),
    columns=(
        Column(1, "party", Kind.CODE, "who is approved (party id)", tells=Tells.PLACE),
        Column(
            2,
            "activity",
            Kind.CHOICE,
            "for what",
            choices=("collect", "test", "make", "distribute"),
        ),
        Column(3, "market", Kind.CODE, "for which market, as an ISO 3166 code"),
        *numbered(4, DATED),
        Column(9, "authority", Kind.TEXT, "who approved"),
        Column(10, "licence", Kind.CODE, "the licence's number"),
    ),
    links=(party("party"),),
    rules=two_people("approval"),
    at="valid_from",
)
