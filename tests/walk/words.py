"""The walk's reading of what persons' words come to (docs/versions.md, Retracted): which versions are
taken away, which are only proposed to be, and which of their senders' retractions are confirmed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.walk.standing import ONE_PERSON, Words
from tests.walk.values import Typed

STATED = "as_stated"  # not a kind of its own: its sender's retraction is right


@dataclass(frozen=True)
class Retraction:
    """A person's word on one version, by its place among its key's, and what persons said of that
    word since: (confirmed, taken_back or let_stand, by whom).
    """

    place: int
    kind: str
    by: str
    since: tuple[tuple[str, str], ...] = ()


def another(one: str, other: str) -> bool:
    """Whether two names are of two persons."""
    return one.strip(" ").lower() != other.strip(" ").lower()


def words(
    record: str,
    rows: Sequence[Typed],
    retractions: Iterable[Retraction],
    kept: tuple[int, set[int]] | None = None,
) -> Words:
    """What all that was said of the versions of one key comes to."""
    found = Words(kept=kept)
    for said in retractions:
        if said.kind == STATED:
            if another(said.by, str(rows[said.place]["corrected_by"] or "")):
                found.confirmed.add(said.place)
        elif state(record, said) == "in force":
            found.taken[said.place] = said.kind
        elif state(record, said) == "proposed":
            found.proposed.add(said.place)
    return found


def state(record: str, said: Retraction) -> str:
    """What a person's retraction is after all that was said of it."""
    taker, effective, gone = "", record in ONE_PERSON, False
    for what, who in said.since:
        if what == "confirmed" and not taker:
            effective = effective or another(who, said.by)
        elif what == "taken_back" and not taker:
            # One person is enough to take back what one person was enough for, or only proposed.
            taker, gone = who, not effective or record in ONE_PERSON
        elif what == "let_stand" and taker:
            gone = gone or another(who, taker)
    if gone:
        return "gone"
    return "in force" if effective and not taker else "proposed"
