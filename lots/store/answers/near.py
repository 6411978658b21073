"""Known lots, pools and packs that names which nobody knows are near to (docs/near.md): all names
at once, by the indexes of what is left of known ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from lots.identifiers.near import SLIPPED, Alike, Known, Sought, alike, rewritings, slips
from lots.identifiers.skeleton import skeleton
from lots.store.answers.lot_facts import Facts
from lots.store.queries import query

LOT, PACK = "lot", "pack"
NAMED = (LOT, PACK, "pool", "external_lot")  # what a parked link may wait for
OF_A_SPAN = 50  # candidates that are looked at where a name is the beginning of many


class Told(NamedTuple):
    """A name that nobody knows: of a lot or pool, or of a pack (its serial)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class NearName:
    """A known lot or pool (its number), or a pack (its serial), and why an unknown name looks like
    it. node: the lot or pool, or the pack's lot where that is known.
    """

    told: Told
    kind: str
    known: str
    gtin: str | None
    node: int | None
    alike: Alike


def told_by(target: str, names: Sequence[str | None]) -> Told | None:
    """The name that a parked link tells, as `lineage.parked` keeps its names; None where it tells
    none that is compared: a person's key, and what a site numbers for itself, never is.
    """
    # A lot or pool stands behind its maker or a GTIN, a serial behind its GTIN.
    name = names[1] if target in NAMED and len(names) > 1 else None
    return Told(PACK if target == PACK else LOT, name) if name else None


def near_known(connection: sa.Connection, told: Iterable[Told]) -> dict[Told, tuple[NearName, ...]]:
    """What each name is near to among all that is known, for strong reasons first; those that are
    near to nothing are left out.
    """
    every = sorted(set(told))
    sought = {one: (rewritings(one.name), slips(one.name)) for one in every}
    found = _found(
        connection, "near_known", [s for both in sought.values() for s in both], some=OF_A_SPAN
    )
    near = {one: tuple(sorted(_near(one, both, found), key=_order)) for one, both in sought.items()}
    return {one: names for one, names in near.items() if names}


def near_packs(connection: sa.Connection, told: Iterable[Told]) -> dict[Told, tuple[NearName, ...]]:
    """The known packs that each of these names is near to, for a strong reason. Worth asking of names
    that something else would exclude, for a thousand take some tenths of a second.
    """
    sought = {one: rewritings(one.name) for one in sorted(set(told))}
    if not sought:
        return {}
    found = _found(connection, "near_packs", sought.values())
    return {
        one: tuple(n for n in _near(one, (where,), found) if n.alike.strong)
        for one, where in sought.items()
    }


class Numbers:
    """The numbers of pools and lots, to look for names that are near to them: few, so that these are
    looked at here.
    """

    def __init__(self, lots: Iterable[Facts] = ()) -> None:
        """Those of these pools and lots."""
        self._numbered: dict[str, list[tuple[str, int]]] = {}
        self._known = Known(())
        self.add(lots)

    def add(self, lots: Iterable[Facts]) -> None:
        """More pools and lots."""
        new = dict[str, list[tuple[str, int]]]()
        for lot in lots:
            for number, node in zip(lot.numbers, lot.nodes, strict=True):
                there = self._numbered.get(number)
                there = new.setdefault(number, []) if there is None else there
                there.append((lot.step, node))
        self._known.add(new)
        self._numbered |= new

    def near(self, told: Iterable[Told]) -> Iterator[NearName]:
        """Which of these names are near to the number of one of them, for a strong reason."""
        for one in told if self._numbered else ():
            for found in self._known.near(one.name, slipped=False):
                if _comparable(one, LOT):
                    for step, node in self._numbered[found.known]:
                        yield NearName(one, step, found.known, None, node, found.alike)


def near_serials(told: Iterable[Told], serials: Iterable[str]) -> set[Told]:
    """Which of these names are equal or near to one of these serials, for a strong reason: few, so that
    these are looked at here.
    """
    known = Known(dict.fromkeys(serials))
    return {t for t in told if _comparable(t, PACK) and known.near(t.name, slipped=False)}


def _comparable(told: Told, kind: str) -> bool:
    """Whether a name may be one of this kind: a serial that stands where a lot should, or the other
    way round, only where it is long enough not to be both.
    """
    return told.kind == kind or len(skeleton(told.name)) >= SLIPPED


def _order(near: NearName) -> tuple[object, ...]:
    return not near.alike.strong, near.kind, near.known, near.gtin or "", near.node or 0


Row = tuple[str, str, str | None, int | None]  # kind, name, GTIN, node
Found = Mapping[str, list[Row]]  # by skeleton


def _found(connection: sa.Connection, name: str, every: Iterable[Sought], **more: object) -> Found:
    """What is known under these skeletons and in these spans, by skeleton."""
    every = [*every]
    spans = sorted({span for sought in every for span in sought.spans}, key=repr)
    asked = {
        "skeletons": sorted(set().union(*(sought.skeletons for sought in every))),
        "least": [span.least for span in spans],
        "most": [span.most for span in spans],
        "lengths": [span.length for span in spans],
        "endings": [span.ending for span in spans],
    }
    found: dict[str, list[Row]] = defaultdict(list)
    for row in connection.execute(query(name), asked | more):
        # By the library's skeleton, not the database's: that one reads names in ASCII alone.
        found[skeleton(row.name)].append(tuple(row))
    return found


def _near(told: Told, sought: Iterable[Sought], found: Found) -> Iterator[NearName]:
    seen = {left for one in sought for left in _among(one, found)}
    for left in seen:
        for kind, name, gtin, node in found[left]:
            as_ = PACK if kind == PACK else LOT
            why = alike(told.name, name) if _comparable(told, as_) else None
            if why:
                yield NearName(told, kind, name, gtin, node, why)


def _among(sought: Sought, found: Found) -> set[str]:
    among = {*sought.skeletons} & found.keys()
    for span in sought.spans:
        among |= {left for left in found if span.least <= left <= span.most}
    return among
