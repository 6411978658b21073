"""Whether an open end could belong to an answer: left out only by product, maker or time, each
where both sides tell it, and never where a name is equal or near (docs/certificate.md).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from itertools import product

from lots.answers.certificate import Sort
from lots.identifiers.near import Known
from lots.pipeline.belongs import Began
from lots.pipeline.naming import STEPS
from lots.questions.path import edge_records
from lots.records import records
from lots.store.answers import lot_facts, statements
from lots.store.answers.lot_facts import Facts
from lots.store.answers.near import LOT, PACK, Numbers, Told, near_packs, near_serials
from lots.store.answers.open_ends import Astray, End
from lots.store.answers.refused_rows import Pack
from lots.store.answers.renamed import Name
from lots.store.answers.told import Row
from lots.store.engine import Connection

# Of which several products are made: that another product is told excludes nothing.
BEFORE_PRODUCTS = ("pool", "paste")
# What may be a unit of donations that the answer has; any other brings a donation of its own, which may
# have been given earlier.
OF_UNITS = ("pool", "pool_unit", "plasma_unit")


@dataclass
class LookedUp:
    """What an answer's pools and lots tell, each looked up once: an answer grows while it is looked
    at.
    """

    connection: Connection
    nodes: set[int] = field(default_factory=set)
    _facts: list[Facts] = field(default_factory=list)
    _near: set[Told] = field(default_factory=set)
    _lots_of_packs: dict[Told, set[int | None]] = field(default_factory=dict)
    _numbers: Numbers = field(default_factory=Numbers)
    _compared: tuple[Set[Told], int] = field(default_factory=lambda: (set(), 0))
    _given: set[str] = field(default_factory=set)
    _first_given: list[tuple[datetime | None, datetime | None]] = field(default_factory=list)

    def facts(self, nodes: Set[int], known: Iterable[Facts] = ()) -> tuple[Facts, ...]:
        """What the pools and lots of an answer tell. nodes: all that it has by now; known: what is
        known of others.
        """
        new = nodes - self.nodes
        for one in known:
            # In part they may tell another day.
            if one.nodes and new >= (mine := {*one.nodes}):
                self._facts.append(one)
                new = new - mine
        if new:
            self._facts += lot_facts.facts(self.connection, new)
        self.nodes |= nodes
        return tuple(self._facts)

    def near(self, told: Set[Told]) -> set[Told]:
        """Which of these names are equal or near to one of the answer's pools and lots, or to a pack
        of theirs.
        """
        names, looked_at = self._compared
        # What was compared before is not compared again: what is new on either side with all of the
        # other.
        if new := self._facts[looked_at:]:
            self._numbers.add(new)
            self._near.update(n.told for n in Numbers(new).near(names))
        self._near.update(n.told for n in self._numbers.near(told - names))
        for one, packs in near_packs(self.connection, told - names).items():
            self._lots_of_packs[one] = {n.node for n in packs}
        self._compared = names | told, len(self._facts)
        return {t for t in told if t in self._near or self._lots_of_packs[t] & self.nodes}

    def given_from(self, donations: Set[str]) -> datetime | None:
        """When the first of these donations was given; None where one of them does not tell, or
        there is none. They are all that an answer has by now: of tens of thousands only what is new
        is asked.
        """
        if new := donations - self._given:
            self._given.update(new)
            self._first_given.append(statements.given_from(self.connection, new))
        whole = [at for at, _ in self._first_given]
        return None if None in whole else min((at for at in whole if at), default=None)

    @property
    def first_given(self) -> datetime | None:
        """When the first of all that were asked about was given, of those that tell."""
        return min((at for _, at in self._first_given if at), default=None)

    @cached_property
    def makers_joined(self) -> list[tuple[str, str]]:
        """Makers of whom one made something of what another made."""
        return statements.makers_joined(self.connection)


@dataclass(frozen=True)
class Answer:
    """What an answer walks, by what others are told from it. given_from: when the first of its
    donations was given, where that is known. renamed: what its packs were, and became. untold:
    packs of nobody knows which lot, which may be of its own.
    """

    looked_up: LookedUp
    facts: tuple[Facts, ...]
    given_from: datetime | None
    renamed: frozenset[Name] = frozenset()
    untold: tuple[Pack, ...] = ()

    @cached_property
    def makers(self) -> frozenset[str]:
        """Whose pools and lots it walks."""
        return frozenset(f.maker for f in self.facts)

    @cached_property
    def packed(self) -> tuple[Facts, ...]:
        """The packed lots that it walks."""
        return tuple(f for f in self.facts if f.step == "packed")

    @cached_property
    def numbers(self) -> Known:
        """The numbers of its packed lots, to look for what is near to them."""
        return Known(dict.fromkeys(number for f in self.packed for number in f.numbers))

    @cached_property
    def gtins(self) -> frozenset[str]:
        """The GTINs of its packed lots under every name; empty where one of them tells none, or
        there is none.
        """
        # One that tells none may be of any product: then no product excludes a line.
        if not self.packed or any(f.no_gtin for f in self.packed):
            return frozenset()
        mine = {
            lot
            for f in self.packed
            for number in f.numbers
            for lot in product((f.maker, None), (number, None))
        }
        may = {pack.gtin for pack in self.untold if (pack.maker, pack.number) in mine}
        if None in may:
            return frozenset()
        renamed = {gtin for gtin, _ in self.renamed} | {gtin for gtin in may if gtin}
        return frozenset(renamed.union(*(f.gtins for f in self.packed)))

    @cached_property
    def products(self) -> dict[str, frozenset[str]]:
        """By step the products of its lots, where all are of a later one; else empty, as where one of these
        says nothing: of one lot several products are made, at its own step too.
        """
        silent = any(f.no_product or f.step in BEFORE_PRODUCTS for f in self.facts)
        first = min((STEPS.index(f.step) for f in self.facts), default=0)
        every = frozenset[str]().union(*(f.products for f in self.facts if not silent))
        return {step: every if n < first else frozenset() for n, step in enumerate(STEPS)}

    @cached_property
    def made_from(self) -> datetime | None:
        """When the first of its packed lots was made, where each tells it."""
        made = [f.made_at for f in self.packed]
        known = [at for at in made if at is not None]
        return min(known) if known and len(known) == len(made) else None

    @property
    def began(self) -> Began:
        """When what it walks began."""
        above = [self.looked_up.first_given, *(f.first_made for f in self.facts)]
        first = min((at for at in above if at), default=None)
        # Of a lot that does not tell when it was made nobody knows since when there are packs.
        return Began(first, self.made_from or (first if self.packed else None))

    @cached_property
    def joined(self) -> frozenset[str]:
        """Its makers, and who is known to have made something of what one of them made."""
        pairs = self.looked_up.makers_joined
        return self.makers | {by for maker, by in pairs if maker in self.makers}


@dataclass(frozen=True, slots=True)
class Hangs:
    """What hangs at once below an open end: pools and lots, with what they tell, and when pools
    were pooled. by_units: whether the question goes from units to pools; else a pool is told from others
    by its name alone. of_runs: by which link loads name the runs that are asked about; out_of_runs: the
    steps of the lots that these make.
    """

    facts: tuple[Facts, ...]
    pooled_at: Mapping[int, datetime | None]
    by_units: bool = True
    of_runs: Mapping[str, str] = field(default_factory=dict)
    out_of_runs: Set[str] = frozenset()


@cache
def tells_of_lots() -> frozenset[str]:
    """Records and things whose open ends lead to a pool or lot by what that tells itself."""
    return frozenset({*edge_records(records()), "lot"})


def of_lots(end: End, hangs: Hangs, answer: Answer) -> str:
    """Why an open end with pools and lots below it is left out; empty where it could belong."""
    whys = {_of_lot(end, f, hangs, answer) for f in hangs.facts}
    # Left out only where all that hangs below is; where it is so for several reasons, one is told.
    return whys.pop() if len(whys) == 1 else "" if "" in whys or not whys else "maker"


def _of_lot(end: End, one: Facts, hangs: Hangs, answer: Answer) -> str:
    # What a run is made on, or with, serves several makers and products.
    without = (end.record, end.sort) == ("lot", Sort.WITHOUT)
    # Of a load that was refused nobody knows which run it names.
    of_run = end.record in hangs.of_runs and (
        end.sort is Sort.REFUSED or hangs.of_runs[end.record] == end.link
    )
    if of_run or (without and one.step in hangs.out_of_runs):
        return ""
    # By its record it was bought: what it may be besides is found by its number alone.
    if without and one.step == "external" and not one.no_product:
        return "number"
    if end.record in tells_of_lots() or (end.record == "pool" and not hangs.by_units):
        # Units and donations tell no maker, so nothing of them is left out by one.
        # What went into a lot by a row that was refused may be another maker's.
        handed = (end.record, end.sort) == ("lot_input", Sort.REFUSED)
        if answer.makers and one.maker not in answer.joined and not handed:
            return "maker"
        # Only where both sides tell theirs.
        ours = answer.products[one.step]
        other = one.products and ours and not one.products & ours
        return "product" if other and not one.no_product else ""
    if end.record not in OF_UNITS or one.step != "pool":
        return ""
    at = hangs.pooled_at.get(one.nodes[0])
    return "time" if at and answer.given_from and at < answer.given_from else ""


def of_line(versions: Iterable[Astray], answer: Answer) -> str:
    """Why a line that reaches no lot is left out; empty where it could belong."""
    whys = {_of_version(v, answer) for v in versions}
    return whys.pop() if len(whys) == 1 else "" if "" in whys or not whys else "product"


def _of_version(line: Astray, answer: Answer) -> str:
    return of_label(line.gtin, line.at, answer)


def of_label(gtin: str | None, at: datetime | None, answer: Answer) -> str:
    """Why what tells a GTIN and a time is left out."""
    if gtin and answer.gtins and gtin not in answer.gtins:
        return "product"
    return "time" if at and answer.made_from and at < answer.made_from else ""


def alike(versions: Iterable[Astray], answer: Answer) -> tuple[str, ...]:
    """Names of a line that look like a packed lot of the answer, and why, as sentences. A slip
    alone is
    none: it makes the next lot of the same series.
    """
    found = dict.fromkeys(
        f"{name} may be {near.known}: {near.alike.words}"
        for line in versions
        for name in (line.lot_number, line.serial)
        if name
        for near in answer.numbers.near(name, slipped=False)
        if near.known != name
    )
    return tuple(found)


def names_of(versions: Iterable[Astray]) -> frozenset[Told]:
    """The names that a line tells."""
    told = {Told(LOT, v.lot_number) for v in versions if v.lot_number}
    return frozenset(told | {Told(PACK, v.serial) for v in versions if v.serial})


def names_of_rows(rows: Iterable[Row]) -> frozenset[Told]:
    """The lots and serials that rows name."""
    told = {Told(LOT, r.names["lot"][-1]) for r in rows if r.names.get("lot")}
    packs = [r.names[link][-1] for r in rows for link in ("pack", "new_pack") if r.names.get(link)]
    return frozenset(told | {Told(PACK, serial) for serial in packs})


def look_alike(names: Mapping[End, frozenset[Told]], answer: Answer) -> set[End]:
    """Those of what would be left out of which a name is one of the answer's, or nearly:
    it is not.
    """
    every = {told for of in names.values() for told in of}
    near_by = answer.looked_up.near(every)
    near_by |= near_serials(every - near_by, (serial for _, serial in answer.renamed))
    return {end for end, told in names.items() if told & near_by}
