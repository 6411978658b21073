"""In what two lists of leaves differ: those computed anew, and those that were kept outside."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CHANGED, REMOVED, INSERTED, REORDERED = "changed", "removed", "inserted", "reordered"


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened at a place: own is the index of what is there now,
    held that of what was kept.
    """

    kind: str
    own: int | None
    held: int | None


def differences(own: Sequence[bytes], held: Sequence[bytes]) -> Iterator[Difference]:
    """Each difference once, from left to right."""
    # What is in both and does not meet has moved; what is in one alone came or went.
    elsewhere, kept = Counter(own), Counter(held)
    at = there_at = 0
    while at < len(own) or there_at < len(held):
        if at < len(own) and there_at < len(held) and own[at] == held[there_at]:
            at, there_at = at + 1, there_at + 1
            continue
        new = at < len(own) and not kept[own[at]]
        lost = there_at < len(held) and not elsewhere[held[there_at]]
        # At one place: what is there now stands where the other stood, so it is one row that says
        # something else.
        if new and lost:
            yield Difference(CHANGED, at, there_at)
        elif new:
            yield Difference(INSERTED, at, None)
        elif lost:
            yield Difference(REMOVED, None, there_at)
        else:
            # Both lists hold them elsewhere. Both go on, or what was moved would be told at each
            # place between.
            there = at < len(own)
            yield Difference(
                REORDERED, at if there else None, there_at if there_at < len(held) else None
            )
            new = lost = True
        at, there_at = at + new, there_at + lost
