"""Where packs are and what differs, as sentences for a terminal."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lots.answers import SEVERAL, Difference, Whereabouts
from lots.answers.wording import DIFFERENCES, many
from lots.visible import marked as escape

HOLDERS_SHOWN = 8  # of packs at one stage


def placed(whereabouts: Sequence[Whereabouts], differences: Sequence[Difference]) -> Iterator[str]:
    """Packs by whereabouts and holder, then what differs, each summed over lots."""
    # Apart by whether packs are told by serial: what is told by count may be the same packs.
    summed: dict[tuple[str, bool], dict[str, tuple[int, int]]] = defaultdict(
        lambda: defaultdict(lambda: (0, 0))
    )
    for w in whereabouts:
        packs, vials = summed[w.whereabouts, w.serials][w.holder]
        summed[w.whereabouts, w.serials][w.holder] = packs + w.packs, vials + w.vials
    for (where, serials), holders in sorted(summed.items()):
        of = [Whereabouts(SEVERAL, where, h, *n, serials) for h, n in sorted(holders.items())]
        yield _place(of[0]) if len(of) == 1 else _places(of)
    found: dict[tuple[str, str, bool], list[Difference]] = defaultdict(list)
    for d in differences:
        # More and fewer never make up for each other.
        found[d.what, d.party, d.packs > d.expected].append(d)
    for (what, party, _), same in sorted(found.items()):
        packs, expected = sum(d.packs for d in same), sum(d.expected for d in same)
        yield _difference(Difference(SEVERAL, what, party, packs, expected))


def _place(told: Whereabouts) -> str:
    if _in_vials(told):
        return (
            f"{many(told.vials, 'vial')} {told.whereabouts}, {escape(told.holder)}"
            " (by lot and count, among the packs)"
        )
    vials = _vials(told, told.vials)
    return f"{many(told.packs, 'pack')} {told.whereabouts}, {escape(told.holder)}{vials}"


def _in_vials(w: Whereabouts) -> bool:
    # docs/counting.md: what ended by count is told in vials.
    return not w.serials and bool(w.vials)


def _vials(w: Whereabouts, vials: int) -> str:
    return f" ({many(vials, 'vial')})" if w.serials else " (by lot and count)"


def _places(of: Sequence[Whereabouts]) -> str:
    """Several holders in a line, who has most first: one each would be longer than a screen."""
    in_vials, vials = any(map(_in_vials, of)), sum(w.vials for w in of)
    counts = sorted(((w.vials if in_vials else w.packs, w.holder) for w in of), key=_most_first)
    told = "; ".join(f"{count:,} {escape(holder)}" for count, holder in counts[:HOLDERS_SHOWN])
    rest = len(counts) - HOLDERS_SHOWN
    more = f" and {many(rest, 'more holder', 'more holders')} (all with --json)" if rest > 0 else ""
    if in_vials:
        return f"{many(vials, 'vial')} {of[0].whereabouts} (by lot and count, among the packs): {told}{more}"
    packs = many(sum(w.packs for w in of), "pack")
    return f"{packs} {of[0].whereabouts}{_vials(of[0], vials)}: {told}{more}"


def _most_first(counted: tuple[int, str]) -> tuple[int, str]:
    # By name where they have as many, so that a list is told the same twice.
    return -counted[0], counted[1]


def _difference(d: Difference) -> str:
    said = DIFFERENCES[d.what].format(party=escape(d.party), expected=f"{d.expected:,}")
    return f"[yellow]{many(d.packs, 'pack')} {said}[/]"
