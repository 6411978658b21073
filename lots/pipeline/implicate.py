"""What doubts concern: lots, holders, packs by whereabouts, patients counted. They can be joined and intersected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from lots.answers import Implicated
from lots.errors import CallError, NotFound
from lots.pipeline import pack as packs
from lots.pipeline.certify import certify
from lots.pipeline.pack import pack_name
from lots.pipeline.trace import lot_name
from lots.settings import Settings
from lots.store import counting, doubts, questions
from lots.store.counting import Line
from lots.store.engine import Connection

KINDS = ("donor", "donation", "minipool", "pool", "lot", "pack", "kit_lot", "laboratory", "analyser", "centre",
         "sd_batch", "reagent_lot", "filter_lot", "dryer", "fill_line", "diluent_lot")
OF_VIALS = ("pack", "diluent_lot")  # these concern single vials, not lots
BATCHES = {"sd_batch": ("viral_inactivation_load", "virus_removal_load"), "reagent_lot": ("viral_inactivation_load",),
           "filter_lot": ("viral_inactivation_load", "virus_removal_load", "filling_load"),
           "dryer": ("lyophilisation_load",), "fill_line": ("filling_load",), "diluent_lot": ("administration_vial",)}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing in doubt: its kind and its name."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind.replace('_', ' ')} {self.name}"


@dataclass(slots=True)
class Reach:
    """What doubts reach: nodes below, single vial lines (None: all of the nodes), what to say, what is missing."""

    start: set[int] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)
    lines: set[Line] | None = None
    details: list[tuple[str, str]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def implicate(settings: Settings, asked: Sequence[Doubt], *, through: datetime, since: datetime | None = None,
              until: datetime | None = None) -> Implicated:
    """Doubts of one kind are joined, different kinds intersected. Raises NotFound for what was never received."""
    if not asked:
        raise CallError(f"Nothing is in doubt; expected at least one of {', '.join(KINDS)}.")
    with questions.snapshot(settings) as connection:
        kinds = groupby(sorted(asked, key=lambda d: KINDS.index(d.kind)), key=lambda d: d.kind)
        joined = [_joined([_reach(connection, d, since, until) for d in of]) for _, of in kinds]
        return _answer(connection, asked, _intersected(joined), through)


def _answer(connection: Connection, asked: Sequence[Doubt], reach: Reach, through: datetime) -> Implicated:
    below = sorted(reach.nodes)
    nodes, edges = questions.named(connection, below), questions.edges(connection, below)
    where = questions.whereabouts(connection, below) if reach.lines is None else ()
    vials = counting.vials(connection, below, reach.lines)
    certificate = certify(connection, nodes, len(edges), vials.lines, through, list(dict.fromkeys(reach.gaps)),
                          names=sorted(reach.names))
    return Implicated(" and ".join(_said(asked)), tuple(sorted(reach.start & reach.nodes)), nodes, where,
                      vials, counting.patients(connection, below, reach.lines), certificate, tuple(reach.details))


def _said(asked: Sequence[Doubt]) -> list[str]:
    kinds = groupby(sorted(asked, key=lambda d: KINDS.index(d.kind)), key=lambda d: d.kind)
    return [" or ".join(str(d) for d in of) for _, of in kinds]


def _joined(reaches: Sequence[Reach]) -> Reach:
    whole = Reach(lines=None if any(r.lines is None for r in reaches) else set())
    for r in reaches:
        whole.start |= r.start
        whole.nodes |= r.nodes
        whole.details += r.details
        whole.gaps += r.gaps
        whole.names |= r.names
        if whole.lines is not None:
            whole.lines |= r.lines or set()
    return whole


def _intersected(reaches: Sequence[Reach]) -> Reach:
    whole = reaches[0]
    for r in reaches[1:]:
        whole.nodes &= r.nodes
        whole.start |= r.start
        whole.details += r.details
        whole.gaps += r.gaps
        whole.names |= r.names
        whole.lines = r.lines if whole.lines is None else whole.lines if r.lines is None else whole.lines & r.lines
    return whole


# --- one doubt --------------------------------------------------------------------------------------------------------


def _reach(connection: Connection, doubt: Doubt, since: datetime | None, until: datetime | None) -> Reach:
    found = doubts.found(connection, doubt.kind, _parameters(doubt, since, until))
    gaps = doubts.gaps(connection, doubt.kind, BATCHES.get(doubt.kind, ()))
    if not (found.donations or found.nodes or found.lines) and not _is_pack(connection, doubt):
        return _nothing(connection, doubt, gaps)
    reach = Reach(gaps=gaps, names={_number(doubt)})
    if doubt.kind in OF_VIALS:
        became = packs.became(connection, doubt.name) if doubt.kind == "pack" else packs.Became(
            set(doubts.lots_of_lines(connection, found.lines)), found.lines,
            packs.unlinked(connection, str(doubt), found.lines))
        reach.start, reach.nodes, reach.lines = set(became.nodes), set(became.nodes), became.lines
        reach.gaps += became.gaps
        return reach
    reach.start = found.nodes | _pools(connection, doubt, found.donations, reach)
    reach.nodes = set(questions.below(connection, sorted(reach.start)))
    return reach


def _pools(connection: Connection, doubt: Doubt, donations: set[str], reach: Reach) -> set[int]:
    """The pools of donations; what is to be said of donations and units goes into the reach."""
    if not donations:
        return set()
    units = doubts.pooled_units(connection, donations)
    without = donations - {u.donation_number for u in units}
    apart = sorted({u.unit for u in units if u.node is None})
    if doubt.kind != "donation":
        reach.details.append(("donations", f"{len(donations):,}"))
    reach.details += [("units", f"{len({u.unit for u in units}):,}"), ("not pooled", _few(apart))]
    if without:
        reach.gaps.append("No plasma unit of this donation has arrived: nobody can tell where it went."
                          if doubt.kind == "donation" else
                          f"No plasma unit of {len(without):,} of its donations has arrived: nobody can tell where "
                          "they went.")
    reach.names |= donations | {u.unit for u in units}
    return {u.node for u in units if u.node is not None}


def _is_pack(connection: Connection, doubt: Doubt) -> bool:
    """Whether a pack is known of which nothing was dispensed, prepared or given."""
    return doubt.kind == "pack" and bool(questions.of_pack(connection, *pack_name(doubt.name)))


def _few(names: Sequence[str], most: int = 20) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return (", ".join(names[:most]) + more) or "none"


def _nothing(connection: Connection, doubt: Doubt, gaps: list[str]) -> Reach:
    """Nothing is reached: what no record names was never received; what some row names may still be linked."""
    if doubt.kind in ("lot", "pool", "pack"):
        if not questions.mentioned(connection, _number(doubt)):
            raise NotFound(f"No {doubt} was ever received." if doubt.kind != "lot"
                           else f"No lot '{doubt.name}' was ever received.")
        said = f"No record that links this {doubt.kind} has arrived, but received rows name it, or are not linked yet."
        return Reach(gaps=[said, *gaps], names={_number(doubt)}, lines=set() if doubt.kind in OF_VIALS else None)
    if doubt.kind == "donation":
        raise NotFound(f"No donation '{doubt.name}' was ever received.")
    said = f"Nothing received names {doubt} in that period: a mistyped name and one that nothing names look alike."
    return Reach(gaps=[said, *gaps], lines=set() if doubt.kind in OF_VIALS else None)


def _number(doubt: Doubt) -> str:
    if doubt.kind == "pack":
        return pack_name(doubt.name)[1]
    return lot_name(doubt.name)[1] if doubt.kind in ("lot", "pool") else doubt.name


def _parameters(doubt: Doubt, since: datetime | None, until: datetime | None) -> dict[str, object]:
    if doubt.kind in ("lot", "pool"):
        maker, number, step = lot_name(doubt.name)
        return {"maker": maker, "number": number, "step": "pool" if doubt.kind == "pool" else step}
    name = "/".join(pack_name(doubt.name)) if doubt.kind == "pack" else doubt.name
    return {"name": name, "since": since, "until": until}
