"""Where packs are and what differs, as sentences for a terminal."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lots.answers import SEVERAL, Difference, Whereabouts
from lots.visible import marked as escape

DIFFERENCES = {  # docs/counting.md
    "shipped by count": "shipped by count, {party}: they may stand here twice",
    "delivered by count": "delivered by count, {party}, but {expected} were shipped",
    "in stock by count": ("found in stock by lot and count, {party}, but {expected} were expected"),
    "in stock twice": (
        "found in stock by lot and count, {party}, where {expected} stand by serial: they may be"
        " the same"
    ),
    "ended by count": (
        "returned, destroyed, lost or wasted by count, {party}, but {expected} were expected there"
    ),
    "in several places": (
        "stand here by serial, {party}, but {expected} are known: some stand in several places"
    ),
    "in all": (
        "stand here in all, {party}, but {expected} are known to have been packed: some stand here"
        " twice"
    ),
}


def placed(whereabouts: Sequence[Whereabouts], differences: Sequence[Difference]) -> Iterator[str]:
    """Packs by whereabouts and holder, then what differs, each summed over lots."""
    summed: dict[tuple[str, str, bool], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for w in whereabouts:
        packs, vials = summed[w.whereabouts, w.holder, w.serials]
        summed[w.whereabouts, w.holder, w.serials] = packs + w.packs, vials + w.vials
    for (where, holder, serials), (packs, vials) in sorted(summed.items()):
        yield _place(Whereabouts(SEVERAL, where, holder, packs, vials, serials))
    found: dict[tuple[str, str, bool], list[Difference]] = defaultdict(list)
    for d in differences:
        # More and fewer never make up for each other.
        found[d.what, d.party, d.packs > d.expected].append(d)
    for (what, party, _), same in sorted(found.items()):
        packs, expected = sum(d.packs for d in same), sum(d.expected for d in same)
        yield _difference(Difference(SEVERAL, what, party, packs, expected))


def _place(w: Whereabouts) -> str:
    if not w.serials and w.vials:  # docs/counting.md: what ended by count is told in vials
        return (
            f"{many(w.vials, 'vial')} {w.whereabouts}, {escape(w.holder)} (by lot and count, among"
            " the packs)"
        )
    vials = f" ({many(w.vials, 'vial')})" if w.serials else " (by lot and count)"
    return f"{many(w.packs, 'pack')} {w.whereabouts}, {escape(w.holder)}{vials}"


def _difference(d: Difference) -> str:
    said = DIFFERENCES[d.what].format(party=escape(d.party), expected=f"{d.expected:,}")
    return f"[yellow]{many(d.packs, 'pack')} {said}[/]"


def many(count: int, thing: str, things: str = "") -> str:
    """'1 vial', '1,200 vials'."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
