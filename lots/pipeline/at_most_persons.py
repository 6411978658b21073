"""Open ends of the answer at most that are about persons: whose donations, and whose keys."""

from collections.abc import Sequence

from lots.answers.certificate import Sort
from lots.pipeline.belongs import Reached
from lots.questions.question import Question
from lots.store.answers import donors_stated
from lots.store.answers.open_ends import End
from lots.store.engine import Connection

OF_DONORS = {
    ("donation", "donor"),
    ("donation", "donation"),
    ("same_person", "one"),
    ("same_person", "other"),
}


def of_others(
    connection: Connection, question: Question, ends: Sequence[End], reached: Reached
) -> set[End]:
    """Statements of patients' keys where donors are walked, and of donors' where a patient is; but for
    those of which nobody of their kind has a key, where a person of the answer has one.
    """
    stated = [end for end in ends if end.record == "same_person"]
    kinds = donors_stated.kinds_stated(connection, [end.key for end in stated]) if stated else {}
    # Only where every version says so: one of which the kind is not told may join anybody.
    other = {"donor"} if question.name == "patient" else {"patient"}
    others = {end for end in stated if kinds.get(end.key) == other}
    return others - touching(
        connection, question, sorted(e for e in others if e.sort is Sort.PARKED), reached
    )


def touching(
    connection: Connection, question: Question, ends: Sequence[End], reached: Reached
) -> set[End]:
    """Statements that name a person of the answer, and whose other key may be anybody's."""
    stated = [end for end in ends if end.record == "same_person"]
    if not stated:
        return set()
    return donors_stated.statements_touching(
        connection, question.name, reached.names, reached.donations, stated
    )


def goes_by_donors(connection: Connection, question: Question, reached: Reached) -> bool:
    """Whether the question goes by a donor: from results only where one is a donor's."""
    if not any(read.record == "test_result" for read in question.reads):
        return True
    return any(donors_stated.donors_tested(connection, question.name, n) for n in reached.names)
