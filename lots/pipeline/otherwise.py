"""What goes by a name that looks like the one that is asked about, where a name alone tells what that is
(docs/certificate.md).
"""

from collections.abc import Set
from dataclasses import replace

from lots.answers import Reason
from lots.answers.wording import many
from lots.pipeline.certify import known_by_name, plainly
from lots.questions.question import Question
from lots.records import records
from lots.store.answers import counting, naming
from lots.store.answers.naming import Rewritten
from lots.store.engine import Connection


def written(connection: Connection, question: Question, name: str) -> list[Rewritten]:
    """Names that may be this one, written otherwise; never a person's."""
    if not known_by_name(question) or question.of_person(records()):
        return []
    return naming.rewritten(connection, question, name)


def said(connection: Connection, question: Question, one: Rewritten, more: Set[int]) -> Reason:
    """That rows name what may be what is asked about. more: pools and lots that the answer has not."""
    ((vials, patients),) = counting.weights(connection, [more], set())
    reason = plainly(
        f"{many(one.rows, 'row')} of {one.record} {'names' if one.rows == 1 else 'name'}"
        f" {question.words} {one.name}, which may be {one.known}: {one.words}.",
        one.record,
        one.rows,
    )
    # Of single lines nobody counts what hangs below lots.
    return reason if question.of_vials else replace(reason, vials=vials, patients=patients)
