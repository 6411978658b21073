"""Bounds of an answer's figures: what is sure, and what it is at most (docs/certificate.md)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from lots.answers import Between, Bounds, Vials
from lots.store.answers import counting
from lots.store.answers.counting import FIGURES, Line
from lots.store.answers.open_ends import Astray
from lots.store.engine import Connection

STATES = {  # which figures a line that reaches no lot adds to, by its state
    "given": ("given",),
    "not_given": ("not_given",),
    "prepared": ("prepared", "prepared_only"),
    "dispensed": ("dispensed", "dispensed_only"),
}
STAGES_OF = {  # by whose vials patients of a kind are patients
    "given": ("given",),
    "not_given": ("prepared", "not_given"),
    "dispensed_only": ("dispensed",),
}
LATER = ("prepared_only", "dispensed_only", "without_key")  # lessened by what may still come
NEVER_MORE = ("given", "prepared", "dispensed")  # than were packed


@dataclass(frozen=True, slots=True)
class Counted:
    """Over what is counted: lots, and single lines of them (None: all).

    nodes, lines: what is walked; each surely, and at most. perhaps: lines of which a version names
    another thing. astray: lines that reach no lot and could be of these; uncounted: whether one of
    them, or a refused one, does not say how many vials. nameless: whether a person
    is missing whom a row should name. relabelled: whether nobody knows what a pack became, or was
    before, so that lines under two labels may be of one vial. unheard: whether a sender was not
    heard whole, one of lines of vials, and how many vials are there at most.
    unplaced, unprepared, in_preparations: vials of its lots that may be any of them, or in any
    preparation, and of whatever lots that may be missing in one (AtMost).
    vials_of_packs: how many vials the packs hold that are asked about, where all that is known.
    """

    nodes: Set[int]
    sure: Set[int]
    most: Set[int]
    lines: Set[Line] | None = None
    lines_sure: Set[Line] | None = None
    lines_most: Set[Line] | None = None
    perhaps: Set[Line] = frozenset()
    mixed: Set[Line] = frozenset()
    astray: Mapping[Line, tuple[Astray, ...]] = field(default_factory=dict)
    open_lots: bool = False
    open_vials: bool = False
    open_prepared: bool = False
    uncounted: bool = False
    nameless: bool = False
    relabelled: bool = False
    unheard: bool = False
    unheard_lines: bool = False
    vials_unheard: int = 0
    unplaced: int = 0
    unprepared: int = 0
    in_preparations: int | None = 0
    vials_of_packs: int | None = None
    of_person: bool = False

    @property
    def could_be_more(self) -> bool:
        """Whether an open end could bring lots or lines that are not walked."""
        return bool(self.most != self.nodes or self.lines != self.lines_most or self.astray)

    @property
    def unsure(self) -> bool:
        """Whether whoever is told of by an earlier stage may have been given some all the same."""
        return self.could_be_more or self.open or self.unheard or self.nameless

    @property
    def open(self) -> bool:
        """Whether nothing but what was packed ends the figures."""
        return self.open_lots or self.open_vials


def _vials_of(
    connection: Connection, counted: Counted, nodes: Set[int], lines: Set[Line] | None
) -> Vials:
    return counting.vials(
        connection, sorted(nodes), lines, counted.perhaps, of_person=counted.of_person
    )


def bounded(connection: Connection, counted: Counted, told: Vials) -> Bounds:
    """Each figure from what is sure to what it is at most. told: the figures of what is walked."""
    # Counted anew only where it differs: that is most of an answer's time.
    most = sure = told
    if counted.most != counted.nodes or counted.lines != counted.lines_most:
        most = _vials_of(connection, counted, counted.most, counted.lines_most)
    if counted.sure != counted.nodes or counted.lines != counted.lines_sure:
        sure = _vials_of(connection, counted, counted.sure, counted.lines_sure)
    unsure = _unsure(connection, counted)
    people = _patients(connection, counted, bags=not unsure)
    ends, waiting = _ends(counted, most, _doubts(connection, counted, most))
    packed, others = _packed(connection, counted)
    tell = told if counted.lines is not None else most
    if counted.open_prepared:
        ends |= dict.fromkeys(("prepared", "prepared_only", "without_key"))
    over = _overfull(counted, packed)
    more = {f: over + (_astray(counted, f) if others else 0) for f in ends}
    capped = {f: _capped(f, end, packed, getattr(tell, f), more[f]) for f, end in ends.items()}
    beside = _beside(counted, most, sure)
    return Bounds(
        **{
            f: Between(
                _least(f, getattr(sure, f).least - unsure.get(f, 0), counted, beside), capped[f]
            )
            for f in FIGURES
        },
        **{
            f"patients_{f}": Between(
                # Who is told of by an earlier stage may be one of the given of whom nobody has
                # told.
                0 if f != "given" and counted.unsure else b.least,
                _people(f, b, capped, waiting, counted),
            )
            for f, b in people.items()
        },
    )


def _patients(connection: Connection, counted: Counted, *, bags: bool) -> dict[str, Between]:
    added = (counted.lines_most or set()) - (counted.lines_sure or set())
    return counting.patients_bounds(
        connection,
        sorted(counted.most),
        counted.sure,
        counted.lines_most,
        counted.perhaps | counted.mixed | added,
        [version for versions in counted.astray.values() for version in versions],
        bags=bags,
    )


def _packed(connection: Connection, counted: Counted) -> tuple[int | None, bool]:
    """How many vials there are at most: of packs as many as they hold; of other single lines, which
    may be of any lot, nobody knows. And whether lines that reach no lot may be more than that.
    """
    if counted.lines_most is not None:
        return counted.vials_of_packs, False
    if counted.open_lots:
        return None, False
    packed, others = counting.packed(connection, counted.most)
    # Of a packed lot that nobody told of a line may be that does not say how many.
    return (None if others and counted.uncounted else packed), others


def _overfull(counted: Counted, packed: int | None) -> int:
    """How many vials stand with who was not heard, where these are more than were packed: either is wrong."""
    unheard = counted.vials_unheard if counted.lines_most is None else 0
    return unheard if packed is not None and unheard > packed else 0


def _astray(counted: Counted, figure: str) -> int:
    """The vials of lines that reach no lot, and may be of a figure."""
    every = counted.astray.values()
    if figure == "without_key":
        return sum(_vials(of) for of in every if _keyless(of))
    perhaps = figure == "not_given"
    return sum(
        _vials(of)
        for of in every
        if any(figure in STATES[v.state] for v in of) or (perhaps and _doubted(of))
    )


def _beside(counted: Counted, most: Vials, sure: Vials) -> int:
    """How many vials lines tell at most that are not sure: they may be any of the sure ones. Of a pack
    those of lines that may be of any other are told apart already.
    """
    if counted.most == counted.sure and counted.lines == counted.lines_sure:
        return 0
    more = ((getattr(most, f).most or 0) - (getattr(sure, f).most or 0) for f in STATES)
    return sum(max(0, n) for n in more)


def _unsure(connection: Connection, counted: Counted) -> dict[str, int]:
    """By how many vials figures are less sure, since what is missing in a preparation may be what
    was given by it alone, in place of as many that are known.
    """
    # None is without end, and 0 is nothing: the two must not be taken for one another.
    missing = None if counted.unheard_lines else counted.in_preparations
    if missing == 0:
        return {}
    told = counting.by_preparation(connection, sorted(counted.sure), counted.lines_sure)
    if told is None:
        return {}
    whole = told.given + told.not_given
    every = {"given": told.given, "not_given": told.not_given, "without_key": whole}
    return {f: n if missing is None else min(n, missing) for f, n in every.items()}


def _least(figure: str, least: int, counted: Counted, beside: int) -> int:
    if figure not in LATER:
        return max(0, least)
    if (
        counted.open
        or counted.open_prepared
        or counted.unheard
        or counted.relabelled
        or (figure == "without_key" and counted.nameless)
    ):
        return 0
    told = sum(_vials(versions) for versions in counted.astray.values())
    told += counted.unplaced + counted.unprepared + beside
    return max(0, least - told)


def _doubts(connection: Connection, counted: Counted, most: Vials) -> tuple[int, int]:
    """What may be without a patient, and not given after all: asked where any of it is counted."""
    if counted.open or not (counted.could_be_more or most.given.least != most.given.most):
        return 0, 0
    return counting.doubts(connection, sorted(counted.most), counted.lines_most)


def _ends(
    counted: Counted, most: Vials, doubts: tuple[int, int]
) -> tuple[dict[str, int | None], int]:
    """Each figure at most, before what is known to have been packed ends it; and how many of these
    vials somebody may have been given unheard.
    """
    if counted.open:
        return dict.fromkeys(FIGURES), 0
    found = {figure: getattr(most, figure).most or 0 for figure in FIGURES}
    for versions in counted.astray.values():
        for figure in {f for v in versions for f in STATES[v.state]}:
            found[figure] += _vials(versions)
    # What an infusion that is not known, or of which nothing is sure, did not give after all.
    astray, (keyless, doubted) = counted.astray.values(), doubts
    found["not_given"] += doubted + sum(map(_vials, filter(_doubted, astray)))
    # Of these nobody knows which: they are added to both.
    for figure in ("given", "not_given"):
        found[figure] += counted.unprepared
    if counted.could_be_more:
        # More lots make these figures less, too: so only all of their stage ends them.
        found["prepared_only"], found["dispensed_only"] = found["prepared"], found["dispensed"]
        found["without_key"] = keyless + sum(map(_vials, filter(_keyless, astray)))
    waiting = found["prepared_only"] + found["dispensed_only"]
    if not counted.unheard:
        return {**found}, waiting
    given = found["given"] + waiting
    if not counted.unheard_lines:
        here = counted.vials_unheard
        return {**{f: n + here for f, n in found.items()}, "given": given + here}, waiting
    # Whatever became of a vial later, somebody may have dispensed or prepared it unheard.
    return {**dict.fromkeys(FIGURES), "given": given + counted.vials_unheard}, waiting


def _vials(versions: tuple[Astray, ...]) -> int:
    return max(version.vials for version in versions)


def _doubted(versions: tuple[Astray, ...]) -> bool:
    """Whether a line may not have been given after all."""
    return any(v.state == "given" and not v.sure for v in versions)


def _keyless(versions: tuple[Astray, ...]) -> bool:
    return any(not v.patient and not v.named for v in versions)


def _capped(
    figure: str, end: int | None, packed: int | None, told: Between, more: int
) -> int | None:
    """No more vials were given, prepared or dispensed than were packed, where that is known. Where
    lines tell more all the same, either may be wrong: then that is the end. more: of a packed lot
    that nobody told of.
    """
    if packed is None:
        return end
    cap = max(packed, told.most or 0) + more
    if end is None:
        return cap
    return min(end, cap) if figure in NEVER_MORE else end


def _people(
    figure: str, told: Between, ends: Mapping[str, int | None], waiting: int, counted: Counted
) -> int | None:
    """Patients at most: one for each vial too of which nobody has told what became of it."""
    bag = counted.open_prepared and figure == "not_given"
    if counted.open or bag or (counted.unheard_lines and figure != "given"):
        vials = [ends[stage] for stage in STAGES_OF[figure]]
        return None if None in vials else sum(n for n in vials if n is not None)
    # Each of them to one more, where nobody knows in which preparation it was.
    known = told.most or 0
    most_told = known + (0 if figure == "dispensed_only" else counted.unprepared)
    if counted.unheard:
        most_told += counted.vials_unheard + (waiting if figure == "given" else 0)
    # Whoever is not told of was given a vial of these at least.
    theirs = [ends[stage] for stage in STAGES_OF[figure]]
    if None in theirs:
        return most_told
    return min(most_told, max(known, sum(n for n in theirs if n is not None)))
