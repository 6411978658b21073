"""Questions about how and where donations were tested, and where they were given."""

from dataclasses import replace

from lots.grammar.column import When
from lots.questions.donations import GIVEN, IN_MINIPOOL, OF_PERSON
from lots.questions.path import FROM_DONATIONS, Leg, named_by, naming
from lots.questions.question import Dated, NamedIn, Question, Read

ORDER = 3
TESTED = Dated("tested_at", "tested_at", "laboratory", "do not say when they were tested")
OF_RESULTS = (
    Leg("the donations that they are of", named_by("test_result.donation")),
    replace(
        IN_MINIPOOL,
        reaches="those of minipools",
        steps=named_by("test_result.minipool") + IN_MINIPOOL.steps,
    ),
    replace(
        OF_PERSON,
        reaches="those of donors, by any key",
        steps=named_by("test_result.donor") + OF_PERSON.steps,
    ),
    Leg("pools and lots that they are of", named_by("test_result.pool", "test_result.lot")),
)


# Three questions of one shape: what differs is a column.
def _tested(name: str, means: str, *named_in: NamedIn) -> Question:
    """What was tested with it, on it or by it: a column of a result has its name."""
    return Question(
        name,
        means,
        (Leg("its results", naming(f"test_result.{name}")), *OF_RESULTS),
        FROM_DONATIONS,
        called=(name,),
        period="tests made, in the days of the laboratory",
        reads=(Read("test_result", (name,), TESTED),),
        named_in=named_in,
    )


QUESTIONS = (
    _tested("kit_lot", "what was tested with this lot of a kit"),
    _tested(
        "laboratory",
        "what this laboratory tested",
        NamedIn("party", "party_id", When("kind", ("laboratory",))),
    ),
    _tested("analyser", "what was tested on it"),
    Question(
        "centre",
        "what was given there",
        (Leg("donations given there", naming("donation.centre")),),
        FROM_DONATIONS,
        called=("centre",),
        period="donations given, in the days of the centre",
        reads=(Read("donation", ("centre",), GIVEN),),
        named_in=(NamedIn("party", "party_id", When("kind", ("centre",))),),
    ),
)
