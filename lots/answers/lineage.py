"""What a question about lineage is answered with: the tree, where packs are, vials and patients."""

from dataclasses import dataclass
from datetime import datetime

from lots.answers.certificate import Between, Bounds, Certificate
from lots.answers.names import SEVERAL as SEVERAL
from lots.answers.names import LotName as LotName
from lots.answers.pack import PackHistory


@dataclass(frozen=True, slots=True)
class Node:
    """A pool or lot, and whether a record of it has arrived."""

    maker: str
    number: str
    step: str
    known: bool  # a gap where not: it is named, and that is all

    @property
    def name(self) -> LotName:
        """Its name, by which all else tells of it."""
        return LotName(self.maker, self.number, self.step)


@dataclass(frozen=True, slots=True)
class Pooled:
    """What went into a pool: units, donations and donors, and how many of them no record has
    arrived of.
    """

    pool: LotName
    units: int  # distinct, whatever versions tell them
    units_unknown: int
    donations: int
    donations_unknown: int
    donors: int  # keys of donors, counted by the owner's function: no key comes out


@dataclass(frozen=True, slots=True)
class Use:
    """Vials of a lot that were dispensed or given: by which record, in which state,
    where and when.
    """

    lot: LotName
    record: str
    key: tuple[str, ...]
    state: str
    basis: str  # by pack, preparation, lot, hand, or a disagreement; of several the surest
    vials: int
    place: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Packs and vials of a lot by where they were last known to be. serials: counted one by one,
    else by lot.
    """

    lot: LotName
    whereabouts: str
    holder: str
    packs: int
    vials: int
    serials: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """Packs of a lot of which two accounts differ, told of a party, and as many as were expected:
    docs/counting.md.
    """

    lot: LotName
    what: str
    party: str
    packs: int
    expected: int


@dataclass(frozen=True, slots=True)
class Vials:
    """Vials by what is told of them, each figure between two numbers (docs/counting.md); and how
    many lines tell it.

    prepared_only and dispensed_only: of which nothing later is known. without_key: of which no line
    names a patient.
    """

    given: Between
    not_given: Between
    prepared: Between
    dispensed: Between
    prepared_only: Between
    dispensed_only: Between
    without_key: Between
    lines: int  # keys of lines, not vials


@dataclass(frozen=True, slots=True)
class Patients:
    """Distinct patient keys: given; else dispensed, and nothing later known; else prepared, or not
    given.
    """

    given: int
    dispensed_only: int
    not_given: int


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a sender has been heard: its sendings by number, how many of them are missing and
    the first that is, its period, its files that did not arrive as told.
    """

    sender: str
    last_sequence: int | None
    missing_sequences: int  # numbers of its sendings, which begin at 1 without a gap
    first_missing: int | None
    heard_from: datetime | None
    heard_to: datetime | None
    announced: int  # files that its transmittals name
    not_arrived: tuple[str, ...]
    counts_differ: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The tree both ways from a thing: nodes above and below it, edges, what went into pools, what
    became of vials. pack: of one pack also its labels, how it was made, and its way.
    """

    question: str
    start: tuple[LotName, ...]
    nodes: tuple[Node, ...]
    edges: tuple[tuple[LotName, LotName], ...]
    pooled: tuple[Pooled, ...]
    uses: tuple[Use, ...]
    whereabouts: tuple[Whereabouts, ...]
    vials: Vials
    patients: Patients
    bounds: Bounds
    details: tuple[tuple[str, int | str], ...]
    certificate: Certificate
    differences: tuple[Difference, ...] = ()
    pack: PackHistory | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked about, as it was understood, and to what a period was applied
    (empty: to nothing).
    """

    kind: str
    thing: str
    period: str


@dataclass(frozen=True, slots=True)
class Implicated:
    """What a question about some things concerns: lots, packs by whereabouts, vials and patients
    counted.
    """

    question: str
    asked: tuple[Asked, ...]
    start: tuple[LotName, ...]
    nodes: tuple[Node, ...]
    whereabouts: tuple[Whereabouts, ...]
    vials: Vials
    patients: Patients
    bounds: Bounds
    certificate: Certificate
    details: tuple[tuple[str, int | str], ...] = ()
    differences: tuple[Difference, ...] = ()
