"""Two keys of one person, as somebody states, or withdraws."""

from lots.grammar.column import Column, Rule, When
from lots.grammar.kinds import Sought
from lots.grammar.links import nameless
from lots.grammar.schema import Differ, Kind, Outcome, Record, Severity, Tells

# A statement that was taken back joins nobody, whatever keys it tells.
WITHDRAWN = When("status", ("withdrawn",))

RECORD = Record(
    "same_person",
    "donor_screening",
    "A statement that two donor keys, or two patient keys, are one person's.",
    # By the statement and not by the two keys: it is taken back under its own number.
    key=("party", "statement"),
    columns=(
        Column(1, "party", Kind.CODE, "who states it (party id)", tells=Tells.PLACE),
        Column(2, "statement", Kind.CODE, "its number there"),
        Column(3, "kind", Kind.CHOICE, "whose keys", required=True, choices=("donor", "patient")),
        Column(4, "one_key", Kind.CODE, "one key", required=True, tells=Tells.PERSON),
        Column(5, "other_key", Kind.CODE, "the other key", required=True, tells=Tells.PERSON),
        # Probable or certain, both join: of two persons who may be one the worse is told.
        Column(6, "confidence", Kind.CHOICE, "how sure", choices=("certain", "probable")),
        Column(7, "stated_by", Kind.CODE, "by whom, as stated by the sender", tells=Tells.STAFF),
        Column(8, "stated_at", Kind.INSTANT, "when", required=True, happened=True),
        Column(
            9,
            "status",
            Kind.CHOICE,
            "whether it still holds",
            required=True,
            choices=("stated", "withdrawn"),
        ),
    ),
    links=(
        nameless(
            "one",
            "one_key",
            "person",
            unless=WITHDRAWN,
            sought=Sought.ELSEWHERE,
            # Of donors or of patients, stated or withdrawn: who does not say it joins anybody or nobody.
            needs=("kind", "status"),
        ),
        nameless("other", "other_key", "person", unless=WITHDRAWN, sought=Sought.ELSEWHERE),
    ),
    rules=(
        Rule(
            "same_person.two",
            Differ("one_key", "other_key"),
            "The two keys are different ones.",
            "the house: donors and patients can have several keys",
            # Said twice of one key it is idle, and no harm.
            Outcome.NOTICE,
            severity=Severity.INFO,
        ),
    ),
    at="stated_at",
    # What was withdrawn stays withdrawn, whichever of the two arrives first.
    rank=("status", ("stated", "withdrawn")),
    # The whole table of persons is made anew of these few rows: one statement may join any two of
    # them.
    derives="person",
)
