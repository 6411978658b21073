"""The walk's reading of what persons say that a parked line means (docs/linking.md)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.walk.values import Typed

Lot = tuple[str, str, str]  # maker, number, packed
TOLD = ("gtin", "serial", "lot_number", "preparation")
SAID, CONFIRMED, DISPUTED, GONE = "said", "confirmed", "disputed", "gone"


@dataclass(frozen=True)
class Meant:
    """A word on one row of a line: what that row tells, which lot it means, and what was said since:
    who, and whether it was to take it back.
    """

    told: tuple[object, ...]
    lot: Lot
    by: str
    since: Sequence[tuple[str, bool]] = ()


def told(row: Typed) -> tuple[object, ...]:
    """What a row tells of its vials. A prepared vial's preparation is its key, and no word of it."""
    keyed = "administration" not in row and "preparation" in row
    return tuple(None if keyed and c == "preparation" else row.get(c) for c in TOLD)


def state(word: Meant) -> str:
    """What a word is now."""
    now, last = SAID, word.by
    for by, back in word.since:
        if back and now in (SAID, CONFIRMED):
            now, last = DISPUTED if now == CONFIRMED else GONE, by
        elif back and now == DISPUTED and _another(by, last):
            now = GONE
        elif not back and now == SAID and _another(by, last):
            now = CONFIRMED
    return now


def _another(one: str, other: str) -> bool:
    return one.strip(" ").lower() != other.strip(" ").lower()


def of_row(words: Iterable[Meant], row: Typed) -> Iterator[tuple[Lot, str]]:
    """The lots that a row means, each with what the word is."""
    mine = ((word.lot, state(word)) for word in words if word.told == told(row))
    return ((lot, now) for lot, now in mine if now != GONE)


def is_settled(words: Iterable[Meant], row: Typed) -> bool:
    """Whether two persons said what a row means that has neither serial nor lot number."""
    nameless = row.get("serial") is None and row.get("lot_number") is None
    return nameless and any(now == CONFIRMED for _, now in of_row(words, row))
