"""Questions about donations: whose they are, and whose samples were mixed."""

from lots.grammar.column import When
from lots.questions.path import ABOVE, FROM_DONATIONS, Leg, named_by, naming
from lots.questions.question import Dated, NamedIn, Question, Read

ORDER = 1
# A donation is a moment: begin and end are the same column.
GIVEN = Dated("collected_at", "collected_at", "centre", "do not say when they were given")
# Keys that somebody states to be one person's, directly or through others.
SAME_PERSON = naming("same_person.one", "same_person.other")
OF_PERSON = Leg("the donations of a person, by any key", SAME_PERSON + naming("donation.donor"))
IN_MINIPOOL = Leg(
    "the donations whose samples are in it, or in smaller ones",
    naming("minipool_member.minipool")
    + named_by("minipool_member.smaller", "minipool_member.donation"),
)

QUESTIONS = (
    Question(
        "donor",
        "every donation of a donor, by any key of the person",
        (OF_PERSON,),
        FROM_DONATIONS,
        called=("donor_key",),
        period="donations given, in the days of their centres",
        reads=(Read("donation", ("donor_key",), GIVEN),),
        named_in=(
            NamedIn("test_result", "tested_id", When("tested", ("donor",))),
            # A key that only a statement tells was received: it is no unknown name.
            NamedIn("same_person", "one_key", When("kind", ("donor",))),
            NamedIn("same_person", "other_key", When("kind", ("donor",))),
        ),
        above=ABOVE,
    ),
    Question(
        "donation",
        "a donation",
        (),
        FROM_DONATIONS,
        called=("donation_number",),
        named_in=(
            NamedIn("test_result", "tested_id", When("tested", ("donation",))),
            NamedIn("minipool_member", "member", When("member_kind", ("donation",))),
        ),
        above=ABOVE,
    ),
    Question(
        "minipool",
        "every donation whose sample was in it",
        (IN_MINIPOOL,),
        FROM_DONATIONS,
        called=("minipool",),
        named_in=(
            NamedIn("test_result", "tested_id", When("tested", ("minipool",))),
            NamedIn("minipool_member", "member", When("member_kind", ("minipool",))),
        ),
    ),
)
