"""What a question reaches, and what could belong to it: the kinds that the answer at most is told
in (docs/certificate.md).
"""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from lots.answers.certificate import Sort
from lots.pipeline.roles import Role
from lots.store.answers.counting import Line
from lots.store.answers.lot_facts import Facts
from lots.store.answers.open_ends import Astray, End
from lots.store.answers.told import Row


@dataclass(slots=True)
class Belonging:
    """An open end that could belong, with its row's versions and what it brings: pools and lots, or
    a line that reaches none. opens: what nothing known ends any more, "lots", "vials", or what was
    "prepared".
    alike: names of it that look like one of the answer. many: of how many that mean the same it is
    the first; rows, or others, are then of the first of them alone. lots: lots without inputs, each
    of them an end.
    """

    end: End
    role: Role
    rows: list[Row] = field(default_factory=list)
    nodes: frozenset[int] = frozenset()
    astray: tuple[Astray, ...] = ()
    opens: str = ""
    alike: tuple[str, ...] = ()
    many: int = 1
    others: tuple[End, ...] = ()
    lots: Facts | None = None


@dataclass(slots=True)
class Reached:
    """What a question reaches: what it was asked by, its donations, pools and lots, its single
    lines (None: all of the lots). packs: those that it was asked about, before: those that they
    were relabelled from, as GTIN/SERIAL.
    """

    names: frozenset[str]
    donations: set[str]
    nodes: set[int]
    lines: Set[Line] | None = None
    packs: Set[str] = frozenset()
    before: Set[str] = frozenset()


class Began(NamedTuple):
    """When what an answer walks began: above the packs by its donations, pools and lots, of all that
    tell when; and its packs by their lots, where each tells it, else as what is above. Whoever tells of
    them only from later on has not told all.
    """

    above: datetime | None = None
    packed: datetime | None = None

    def earlier(self, other: "Began") -> "Began":
        """What began first by either."""
        pairs = zip(self, other, strict=True)
        return Began(*(min((at for at in pair if at), default=None) for pair in pairs))


NEVER = Began()


@dataclass(slots=True)
class AtMost:
    """What an answer is at most: its pools and lots, and the open ends that could belong. unplaced:
    vials of its lots that are told with a pack that nobody knows, and so may be any others of them;
    of a pack, those of lines that may be of it, or of one beside it. unprepared: vials that were
    put into preparations that nobody knows. prepared: lines of preparations that could be asked
    about; of_packs: lines of packs that could be of its lots.
    in_preparations: vials that may be missing in any preparation, where that matters; None where
    nobody knows how many.
    """

    nodes: set[int]
    belongs: list[Belonging] = field(default_factory=list)
    left_out: Counter[tuple[str, End]] = field(default_factory=Counter)
    unplaced: int = 0
    unprepared: int = 0
    in_preparations: int | None = 0
    prepared: dict[Line, tuple[Astray, ...]] = field(default_factory=dict)
    of_packs: dict[Line, tuple[Astray, ...]] = field(default_factory=dict)
    donations: set[str] = field(default_factory=set)
    began: Began = NEVER

    @property
    def open_lots(self) -> bool:
        """Whether nothing known ends which lots there are."""
        return any(b.opens == "lots" for b in self.belongs)

    @property
    def open_vials(self) -> bool:
        """Whether nothing known ends which vials there are."""
        return any(b.opens in ("lots", "vials") for b in self.belongs)

    @property
    def uncounted(self) -> bool:
        """Whether a line that reaches no lot, or that was refused, does not say how many vials."""
        unsaid = any(v.unsaid for of in self.astray.values() for v in of)
        return unsaid or any(b.opens == "vials" for b in self.belongs if b.end.sort is Sort.REFUSED)

    @property
    def open_prepared(self) -> bool:
        """Whether nothing known ends what was prepared."""
        return any(b.opens == "prepared" for b in self.belongs)

    @property
    def astray(self) -> dict[Line, tuple[Astray, ...]]:
        """The lines that reach no lot, or are not of it yet, and could be of it."""
        alone = {
            (b.end.record, b.end.key): b.astray
            for b in self.belongs
            if b.astray and b.role is Role.LINE
        }
        return {**self.prepared, **self.of_packs, **alone}
