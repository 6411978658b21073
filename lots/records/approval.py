"""Who may collect or test for which market, and when."""

from lots.grammar.column import Column
from lots.grammar.columns import DATED, party, two_people
from lots.grammar.schema import Kind, Record

RECORD = Record(
    "approval",
    "intake",
    "A centre's or laboratory's approval for a market.",
    key=("party", "activity", "market", "valid_from"),
    columns=(
        Column("party", Kind.CODE, "who is approved (party id)"),
        Column(
            "activity", Kind.CHOICE, "for what", choices=("collect", "test", "make", "distribute")
        ),
        Column("market", Kind.CODE, "for which market, as an ISO 3166 code"),
        *DATED,
        Column("authority", Kind.TEXT, "who approved"),
        Column("licence", Kind.CODE, "the licence's number"),
    ),
    links=(party("party"),),
    rules=two_people("approval"),
    at="valid_from",
)
