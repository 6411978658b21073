"""What a question surely reaches: by rows that no contradiction, no retraction that is proposed and
no day that nobody knows could take away (docs/certificate.md).
"""

from collections import defaultdict
from collections.abc import Set

from lots.pipeline.period import Period
from lots.questions.question import Question
from lots.store.answers import open_ends, statements, subjects
from lots.store.answers.paths import crossed
from lots.store.answers.subjects import Beginning
from lots.store.engine import Connection


def doubted(connection: Connection, question: Question, period: Period) -> bool:
    """Whether anything that a question reads above packs could be taken away."""
    if period and question.period:
        return True
    making = open_ends.making(crossed(question.path)) | {read.record for read in question.reads}
    # Of a person's vials, or those of a diluent, each row decides that leads to them; of a party's their
    # keys say where they were.
    if question.of_vials and question.name != "party":
        making |= {s.record for s in crossed(question.first)}
    return bool(statements.contested_keys(connection, making))


def beginning(connection: Connection, question: Question, name: str, period: Period) -> Beginning:
    """What the thing asked about surely touched first."""
    return subjects.beginning(
        connection, question.name, {"name": name, **period.parameters()}, surely=True
    )


def walked_from(connection: Connection, question: Question, name: str, period: Period) -> set[int]:
    """The pools and lots at which what it surely touched first is surely walked from."""
    parameters = {"name": name, **period.parameters()}
    return subjects.surely_walked_from(connection, question.name, parameters)


def below(connection: Connection, start: set[int], every: Set[int] | None = None) -> set[int]:
    """These nodes and all that was surely made of them. every: they, and all that was made of them,
    where that is known.
    """
    if every is None:
        every = set(statements.below(connection, sorted(start)))
    doubtful = set(statements.edges_doubted(connection))
    if not any(parent in every for parent, _ in doubtful):
        return {*every}
    children = defaultdict[int, set[int]](set)
    for parent, child in statements.edges_of(connection, sorted(every)):
        if (parent, child) not in doubtful:
            children[parent].add(child)
    found, waiting = set(start), [*start]
    while waiting:
        new = children[waiting.pop()] - found
        found |= new
        waiting += new
    return found
