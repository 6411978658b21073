"""How many log steps of a virus a process version was shown to take: reference, dated."""

from lots.grammar.column import Column
from lots.grammar.columns import DATED, LOGS, amount, numbered, two_people, yes_no
from lots.grammar.schema import Kind, Record

# Of the process and never of a batch: how much virus a step removes is measured once, at its
# validation.
RECORD = Record(
    "clearance",
    "intake",
    "The log reduction of one virus by one process version.",
    key=("process_version", "virus", "valid_from"),
    columns=(
        Column(1, "process_version", Kind.CODE, "the process version"),
        Column(2, "virus", Kind.CODE, "the virus, or its model"),
        *numbered(3, DATED),
        yes_no(8, "enveloped", "whether it has an envelope", required=True),
        yes_no(9, "tested", "no: it was not tested, and nothing may be counted", required=True),
        # Empty where it was not tested: that is no nought, and no credit either.
        amount(10, "log10", "log10 reduction; at least this much", "log10", (3, 2), limits=LOGS),
    ),
    rules=two_people("clearance"),
    at="valid_from",
    reference=True,
)
