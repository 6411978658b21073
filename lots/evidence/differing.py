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
    i = j = 0
    while i < len(own) or j < len(held):
        if i < len(own) and j < len(held) and own[i] == held[j]:
            i, j = i + 1, j + 1
            continue
        new = i < len(own) and not kept[own[i]]
        lost = j < len(held) and not elsewhere[held[j]]
        # At one place: what is there now stands where the other stood, so it is one row that says
        # something else.
        if new and lost:
            yield Difference(CHANGED, i, j)
        elif new:
            yield Difference(INSERTED, i, None)
        elif lost:
            yield Difference(REMOVED, None, j)
        else:
            # Both lists hold them elsewhere. Both go on, or what was moved would be told at each
            # place between.
            there = i < len(own)
            yield Difference(REORDERED, i if there else None, j if j < len(held) else None)
            new = lost = True
        i, j = i + new, j + lost
