"""What doubts concern: lots, holders, packs by whereabouts, vials and patients. They can be joined
and intersected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from lots.answers import Asked, Implicated
from lots.errors import CallError
from lots.pipeline import naming
from lots.pipeline import pack as packs
from lots.pipeline.certify import certify
from lots.pipeline.period import APPLIED_TO, UNDATED, Period, checked
from lots.settings import Settings
from lots.store.answers import counting, doubts, holders, questions
from lots.store.answers.contests import Extent
from lots.store.answers.counting import Line
from lots.store.engine import Connection

KINDS = (
    "donor",
    "donation",
    "minipool",
    "pool",
    "lot",
    "pack",
    "kit_lot",
    "laboratory",
    "analyser",
    "centre",
    "sd_batch",
    "reagent_lot",
    "filter_lot",
    "dryer",
    "fill_line",
    "diluent_lot",
)
OF_VIALS = ("pack", "diluent_lot")  # these concern single vials, not lots
OF_NODES = ("pool", "lot")
BATCHES = {
    "sd_batch": ("viral_inactivation_load", "virus_removal_load"),
    "reagent_lot": ("viral_inactivation_load",),
    "filter_lot": ("viral_inactivation_load", "virus_removal_load", "filling_load"),
    "dryer": ("lyophilisation_load",),
    "fill_line": ("filling_load",),
    "diluent_lot": ("administration_vial",),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing in doubt: its kind and its name."""

    kind: str
    name: str

    def __str__(self) -> str:
        """As an answer says it: never a person's key."""
        if self.kind in naming.PERSONS:
            return f"{self.kind} (whose key is not shown)"
        return f"{self.kind.replace('_', ' ')} {self.name}"


@dataclass(slots=True)
class Reach:
    """What doubts reach: nodes below, single vial lines (None: all of the nodes), what to say, what
    is missing.
    """

    start: set[int] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)
    lines: set[Line] | None = None
    details: list[tuple[str, int | str]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    packs: set[str] = field(default_factory=set)
    perhaps: set[Line] = field(default_factory=set)
    doubts: set[tuple[str, str]] = field(default_factory=set)

    def extent(self) -> Extent:
        """What the answer shows beside its nodes."""
        lines = None if self.lines is None else frozenset(self.lines)
        return Extent(
            tuple(sorted(self.names)),
            lines,
            tuple(sorted(self.packs)),
            doubts=tuple(sorted(self.doubts)),
        )


def implicate(
    settings: Settings, asked: Sequence[Doubt], *, through: datetime, period: Period | None = None
) -> Implicated:
    """Doubts of one kind are joined, different kinds intersected. Raises NotFound for what was
    never received.
    """
    if not asked:
        raise CallError(f"Nothing is in doubt; expected at least one of {', '.join(KINDS)}.")
    within = checked(period or Period(), {d.kind for d in asked})
    with questions.snapshot(settings) as connection:
        kinds = groupby(sorted(asked, key=lambda d: KINDS.index(d.kind)), key=lambda d: d.kind)
        joined = [_joined([_reach(connection, d, within) for d in of]) for _, of in kinds]
        return _answer(settings, connection, _intersected(joined), through)


def _answer(
    settings: Settings, connection: Connection, reach: Reach, through: datetime
) -> Implicated:
    below = sorted(reach.nodes)
    with holders.beside(settings, connection, below if reach.lines is None else None) as held:
        nodes, edges = questions.named(connection, below), questions.edges(connection, below)
        vials = counting.vials(connection, below, reach.lines, reach.perhaps)
        patients = counting.patients(connection, below, reach.lines)
        certificate = certify(
            connection,
            nodes,
            len(edges),
            vials.lines,
            through,
            list(dict.fromkeys(reach.gaps)),
            extent=reach.extent(),
        )
        packs_at, differ = held()
    return Implicated(
        _said(reach.asked),
        tuple(reach.asked),
        tuple(sorted(reach.start & reach.nodes)),
        nodes,
        packs_at,
        vials,
        patients,
        certificate,
        tuple(reach.details),
        differ,
    )


def _said(asked: Sequence[Asked]) -> str:
    """The question as it was understood; what a period applies to is said once for each kind."""
    found = []
    for _, of in groupby(asked, key=lambda a: a.kind):
        same = list(of)
        period = f" ({same[0].period})" if same[0].period else ""
        found.append(" or ".join(a.thing for a in same) + period)
    return " and ".join(found)


def _joined(reaches: Sequence[Reach]) -> Reach:
    whole = Reach(lines=None if any(r.lines is None for r in reaches) else set())
    for r in reaches:
        whole.start |= r.start
        whole.nodes |= r.nodes
        _tell(whole, r)
        if whole.lines is not None:
            whole.lines |= r.lines or set()
    return whole


def _intersected(reaches: Sequence[Reach]) -> Reach:
    whole = reaches[0]
    for r in reaches[1:]:
        whole.nodes &= r.nodes
        whole.start |= r.start
        _tell(whole, r)
        whole.lines = (
            r.lines
            if whole.lines is None
            else whole.lines
            if r.lines is None
            else whole.lines & r.lines
        )
    return whole


def _tell(whole: Reach, one: Reach) -> None:
    """Take over what is to be said of one of several."""
    whole.details += one.details
    whole.gaps += one.gaps
    whole.names |= one.names
    whole.asked += one.asked
    whole.packs |= one.packs
    whole.perhaps |= one.perhaps
    whole.doubts |= one.doubts


# --- one doubt ------------------------------------------------------------------------------------


def _reach(connection: Connection, doubt: Doubt, period: Period) -> Reach:
    if doubt.kind in OF_NODES:
        return _of_nodes(connection, doubt)
    if doubt.kind == "pack":
        return _of_pack(connection, doubt)
    found = doubts.found(connection, doubt.kind, {"name": doubt.name, **period.parameters()})
    gaps = doubts.gaps(connection, doubt.kind, BATCHES.get(doubt.kind, ()))
    reach = Reach(
        gaps=[*_undated(connection, doubt, period), *gaps],
        names={doubt.name},
        asked=[_asked(doubt, period)],
        doubts={(doubt.kind, doubt.name)},
    )
    if not (found.donations or found.nodes or found.lines):
        naming.expect(connection, doubt.kind, doubt.name, [doubt.name], gaps)
        reach.gaps.insert(0, _nothing(doubt, period))
    if doubt.kind in OF_VIALS:
        reach.lines = found.lines
        reach.start = set(doubts.lots_of_lines(connection, found.lines))
        reach.nodes = set(reach.start)
        reach.gaps += packs.unlinked(connection, str(doubt), found.lines)
        return reach
    reach.start = found.nodes | _pools(connection, doubt, found.donations, reach)
    reach.nodes = set(questions.below(connection, sorted(reach.start)))
    return reach


def _asked(doubt: Doubt, period: Period) -> Asked:
    applied = f"{APPLIED_TO[doubt.kind]}, {period}" if period and doubt.kind in APPLIED_TO else ""
    return Asked(doubt.kind, str(doubt), applied)


def _undated(connection: Connection, doubt: Doubt, period: Period) -> list[str]:
    """What is counted though nobody knows whether it was in the period."""
    if not period or doubt.kind not in APPLIED_TO:
        return []
    rows = doubts.undated(connection, doubt.kind, doubt.name, period.parameters())
    return [
        f"{r.rows:,} rows of {r.record} {UNDATED[r.record]}, and may be of that period; they are"
        " counted."
        for r in rows
    ]


def _nothing(doubt: Doubt, period: Period) -> str:
    if period and doubt.kind in APPLIED_TO:
        return f"Received rows name {doubt}, but none that is known is of the period {period}."
    return f"Received rows name {doubt}, but none of them leads to a donation, a lot or a vial."


def _of_nodes(connection: Connection, doubt: Doubt) -> Reach:
    """A lot or pool, read in every way that its name can be."""
    named = naming.named(connection, doubt.kind, doubt.name)
    return Reach(
        set(named.nodes),
        set(questions.below(connection, sorted(named.nodes))),
        gaps=[*named.gaps],
        names=set(named.numbers),
        asked=[Asked(doubt.kind, named.said, "")],
    )


def _of_pack(connection: Connection, doubt: Doubt) -> Reach:
    became = packs.became(connection, doubt.name)
    gtin, serial = packs.pack_name(doubt.name)
    return Reach(
        set(became.nodes),
        set(became.nodes),
        became.lines,
        gaps=[*became.gaps],
        names={serial},
        asked=[Asked("pack", str(doubt), "")],
        packs={f"{gtin}/{serial}"},
        perhaps=became.perhaps,
    )


def _pools(connection: Connection, doubt: Doubt, donations: set[str], reach: Reach) -> set[int]:
    """The pools of donations; what is to be said of donations and units goes into the reach."""
    if not donations:
        return set()
    units = doubts.pooled_units(connection, donations)
    without = donations - {u.donation_number for u in units}
    apart = sorted({u.unit for u in units if u.node is None})
    if doubt.kind != "donation":
        reach.details.append(("donations", len(donations)))
    reach.details += [("units", len({u.unit for u in units})), ("not pooled", _few(apart))]
    if without:
        reach.gaps.append(
            "No plasma unit of this donation has arrived: nobody can tell where it went."
            if doubt.kind == "donation"
            else (
                f"No plasma unit of {len(without):,} of its donations has arrived: nobody can tell"
                " where they went."
            )
        )
    reach.names |= donations | {u.unit for u in units}
    return {u.node for u in units if u.node is not None}


def _few(names: Sequence[str], most: int = 20) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return (", ".join(names[:most]) + more) or "none"
