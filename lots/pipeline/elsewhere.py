"""Open ends of what came to other parties than the one that is asked about, and to places that nobody
knows (docs/certificate.md).
"""

from collections.abc import Iterable

from lots.answers.certificate import Sort
from lots.pipeline.belongs import Belonging
from lots.pipeline.roles import Role
from lots.questions.question import Question
from lots.store.answers import came, open_ends
from lots.store.answers.open_ends import End
from lots.store.engine import Connection

PLACED = frozenset({"stock_count", "vial_fate"})  # whose key says at which party


def elsewhere(
    connection: Connection, question: Question, names: Iterable[str], ends: Iterable[End]
) -> set[End]:
    """Those that are of another party: of a line, an infusion or a preparation its key says where, of
    what tells where packs are its row does, or the row of what it was in. Of another question none.
    """
    if question.name != "party":
        return set()
    parties = {*names}
    here = set[tuple[str, tuple[str, ...]]]().union(
        *(came.to_party(connection, party) for party in sorted(parties))
    )
    placed = open_ends.OF_LINES | PLACED
    return {
        end
        for end in ends
        if (end.record, end.key) not in here
        and end.record not in ("pack", "relabelling")  # asked of the packs that came, or were used
        and not (end.record in placed and end.key[0] in parties)
        # To whom a shipment was whose replacement is due nobody can say.
        and not (end.sort is Sort.AWAITED and end.record not in placed)
    }


def nowhere(connection: Connection, question: Question, names: Iterable[str]) -> list[Belonging]:
    """What may have come to a party, or been used there: its rows tell a place that nobody knows."""
    if question.name != "party":
        return []
    ends = came.to_nowhere(connection, names)
    # Whose lines it has nobody knows: of a preparation or an infusion how many, either.
    return [
        Belonging(end, Role.HELD, opens="vials" if end.record in open_ends.OF_LINES else "")
        for end in ends
    ]
