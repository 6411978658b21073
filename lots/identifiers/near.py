"""Names that nearly match: a lot's number, a serial or a donation's number that nobody knows, and
known ones that it may have been (docs/near.md).

For each unknown name it is told where its originals would stand among the skeletons of known ones:
these are looked up in a table of this module, or by an index in PostgreSQL, and each that is found
is then looked at itself. Nothing is ever linked by it.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lots.identifiers import days, figures, joined
from lots.identifiers.figures import Between
from lots.identifiers.skeleton import clean, differences, skeleton

LONGEST = 90  # characters; longer texts are no names, and are near to none
SLIPPED = 5  # characters of a name in which one slip is looked for
CUT = (15, 16, 20)  # lengths to which systems cut
LAST = "\U0010ffff"
LETTERS = "0123456789ACDEFHJKMNPRTUVWXY"  # of a skeleton


@dataclass(frozen=True, slots=True)
class Alike:
    """Why a name looks like a known one, in words: it differs in this, or is it written so.

    strong: a rewriting that keeps what the name says. Else a slip, which makes the next name of the
    same series.
    """

    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A known name that an unknown one looks like, and why."""

    known: str
    alike: Alike


@dataclass(frozen=True, slots=True)
class Sought:
    """Where to look for the originals of a name: skeletons, and spans of them."""

    skeletons: frozenset[str]
    spans: tuple[Between, ...]


def alike(name: str, known: str) -> Alike | None:
    """Why an unknown name looks like a known one; None where it does not. The strongest reason."""
    if max(len(name), len(known)) > LONGEST:
        return None
    bare, other = skeleton(name), skeleton(known)
    if not bare or not other:
        return None
    if bare == other:
        different = differences(name, known)
        return Alike(f"but for {_listed(different)}" if different else "the same name", True)
    words = (
        figures.rewritten(name, known)
        or days.taken_for_day(name, known)
        or joined.parts(name).get(other)
        or _cut(name, bare, other)
    )
    if words:
        return Alike(words, True)
    slip = _slip(bare, other)
    return Alike(slip, False) if slip else None


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _cut(name: str, bare: str, other: str) -> str | None:
    length = len(clean(name))
    return (
        f"cut off after {length} characters" if length in CUT and other.startswith(bare) else None
    )


def _slip(bare: str, other: str) -> str | None:
    """The slip that makes one skeleton of another, in words."""
    if min(len(bare), len(other)) < SLIPPED:
        return None
    if bare.startswith(other):
        return "with more behind it"
    if other.startswith(bare):
        return "cut off"
    if bare.endswith(other):
        return "with more in front of it"
    at = next(n for n, (x, y) in enumerate(zip(bare + LAST, other + LAST, strict=False)) if x != y)
    if bare[at + 1 :] == other[at + 1 :]:
        return "with one other character"
    if bare[at + 1 :] == other[at:]:
        return "with one character more"
    if bare[at:] == other[at + 1 :]:
        return "with one character less"
    if (bare[at + 1 : at + 2], bare[at : at + 1], bare[at + 2 :]) == (
        other[at],
        other[at + 1 : at + 2],
        other[at + 2 :],
    ):
        return "with two neighbours swapped"
    return None


# --- where to look --------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def rewritings(name: str) -> Sought:
    """Where the names are to which a name is near for a strong reason."""
    if len(name) > LONGEST or not (own := skeleton(name)):
        return Sought(frozenset(), ())
    found = {own, *figures.spellings(name), *joined.parts(name)}
    found |= {skeleton(spelled) for spelled in days.spellings(name)}
    spans = [*figures.spans(name)]
    if len(clean(name)) in CUT:
        spans.append(Between(own, own + LAST))
    return Sought(frozenset(found - {""}), tuple(spans))


def slips(name: str) -> Sought:
    """Where the names are of which a name is one slip away."""
    own = skeleton(name)
    if not SLIPPED <= len(own) <= LONGEST:
        return Sought(frozenset(), ())
    found = {own[:n] for n in range(SLIPPED, len(own))}
    found |= {own[n:] for n in range(1, len(own) - SLIPPED + 1)}
    found |= {one for one in _edited(own) if len(one) >= SLIPPED}
    return Sought(frozenset(found), (Between(own, own + LAST),))


def _edited(own: str) -> Iterator[str]:
    for n in range(len(own) + 1):
        head, tail = own[:n], own[n:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]


class Known:
    """Known names, among which those are looked up that an unknown one is near to."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep them by their skeletons."""
        self._names: dict[str, list[str]] = defaultdict(list)
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        """More of them, none of which was there."""
        for name in names:
            self._names[skeleton(name)].append(name)
        self._skeletons = sorted(self._names)

    def near(self, name: str, *, slipped: bool = True) -> tuple[Near, ...]:
        """The known names that a name looks like, those for strong reasons first; slipped: also
        those that are one slip away.
        """
        found = dict.fromkeys(self._sought(rewritings(name)))
        if slipped:
            found |= dict.fromkeys(self._sought(slips(name)))
        looked_at = ((known, alike(name, known)) for known in found)
        near = [Near(known, why) for known, why in looked_at if why and (slipped or why.strong)]
        return tuple(sorted(near, key=lambda one: (not one.alike.strong, one.known)))

    def _sought(self, sought: Sought) -> Iterator[str]:
        there = sought.skeletons & self._names.keys()
        for span in sought.spans:
            first = bisect_left(self._skeletons, span.least)
            there |= {*self._skeletons[first : bisect_right(self._skeletons, span.most)]}
        for one in sorted(there):
            yield from self._names[one]
