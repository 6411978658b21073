"""Answers on a terminal: tables and trees, coloured where there is a terminal, plain in a pipe."""

import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import singledispatch

from rich.console import Console, RenderableType
from rich.table import Table
from rich.tree import Tree

from lots.answers import (
    Between,
    Implicated,
    Listed,
    LotName,
    Received,
    Trace,
    Use,
    Verbatim,
)
from lots.answers.retractions import Hanging, Retracted
from lots.answers.shown import Shown, ShownFinding, ShownRefused
from lots.command import retractions
from lots.command.certificates import certificate
from lots.command.listed import key, on_screen
from lots.command.pack import history
from lots.command.shown import finding, refused, shown
from lots.command.whereabouts import many, placed
from lots.visible import marked as escape

USES_SHOWN = 5
BRANCHES_SHOWN = 6
PLAIN_WIDTH = 140
COUNTED = ("rows", "accepted", "known", "refused", "findings")
VIALS = {  # docs/counting.md
    "given": "given",
    "not_given": "brought to infusions that were not given",
    "prepared": "prepared",
    "dispensed": "dispensed",
    "prepared_only": "prepared, and on no infusion's line",
    "dispensed_only": "dispensed, and not known to be prepared or given",
    "without_key": "without a patient key",
}
PATIENTS = {
    "given": "given",
    "dispensed_only": "dispensed, and not known to be given",
    "not_given": "prepared, and not given",
}
STEPS = ("pool", "external", "paste", "bulk", "filled", "dried", "packed")


def console() -> Console:
    """Standard output; in a pipe wide enough that nothing wraps by a terminal's size."""
    return Console(
        highlight=False,
        soft_wrap=False,
        # Text of a file such as :warning: stays text.
        emoji=False,
        # rich takes 80 columns for a pipe, and would wrap a file's lines there.
        width=None if sys.stdout.isatty() else PLAIN_WIDTH,
    )


def show(answer: object) -> None:
    """Print an answer."""
    if isinstance(answer, Verbatim):
        print(answer.text)
        return
    out = console()
    for part in parts(answer):
        out.print(part)


@singledispatch
def parts(answer: object) -> Sequence[RenderableType]:
    """What is printed of an answer, part by part."""
    return [escape(str(answer))]


@parts.register
def _(answer: list) -> Sequence[RenderableType]:  # type: ignore[type-arg]
    return (
        [received(answer)]
        if answer and isinstance(answer[0], Received)
        else ["Nothing was left to take up."]
    )


@parts.register
def _(answer: Listed) -> Sequence[RenderableType]:  # type: ignore[type-arg]
    return on_screen(answer, console()) if answer.rows else [escape(answer.empty)]


@parts.register
def _(answer: Trace) -> Sequence[RenderableType]:
    return [tree(answer), certificate(answer.certificate)]


@parts.register
def _(answer: Implicated) -> Sequence[RenderableType]:
    return [implicated(answer), certificate(answer.certificate)]


@parts.register
def _(answer: Shown) -> Sequence[RenderableType]:
    return shown(answer, console().width)


@parts.register
def _(answer: ShownFinding) -> Sequence[RenderableType]:
    return finding(answer, console().width)


@parts.register
def _(answer: ShownRefused) -> Sequence[RenderableType]:
    return refused(answer)


parts.register(Retracted, retractions.retracted)
parts.register(Hanging, retractions.hanging)


def received(taken: Sequence[Received]) -> Table:
    """A row for each file."""
    table = _table("file", "sender", "record", "status", *COUNTED, "")
    for r in taken:
        counts = [f"{r.counts.get(c, 0):,}" for c in COUNTED]
        status = "already received" if r.again else r.status.replace("_", " ")
        good = r.status == "accepted" and not r.counts.get("refused")
        style = "green" if good else "red" if r.status == "all_refused" else "yellow"
        table.add_row(
            escape(r.file_name),
            escape(r.sender),
            r.record or "",
            f"[{style}]{status}[/]",
            *counts,
            escape(r.sentence or " ".join(r.notices[:1])),
        )
    return table


def _table(*names: str) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in COUNTED else "left", overflow="fold")
    return table


# --- trees ----------------------------------------------------------------------------------------


def tree(answer: Trace) -> Tree:
    """The whole tree from donations to infusions: ancestors first, the thing itself marked."""
    root = Tree(f"[bold]{escape(answer.question)}[/]")
    for name, value in answer.details:
        root.add(f"{escape(name)}: {escape(f'{value:,}' if isinstance(value, int) else value)}")
    if answer.pack:
        history(root, answer.pack, answer.whereabouts)
    children: dict[LotName, list[LotName]] = defaultdict(list)
    for parent, child in answer.edges:
        children[parent].append(child)
    has_parent = {child for _, child in answer.edges}
    every = sorted((n.name for n in answer.nodes), key=_by_step)
    drawn: set[LotName] = set()
    # What goes round has a parent each, and may have no other beginning: it comes after the tops.
    for top in (*(node for node in every if node not in has_parent), *every):
        if top not in drawn:
            _branch(root, answer, top, children, drawn)
    _counted(root, answer)
    return root


def _by_step(node: LotName) -> tuple[int, str, str]:
    return STEPS.index(node.step) if node.step in STEPS else len(STEPS), node.maker, node.number


def _branch(
    above: Tree,
    answer: Trace,
    node: LotName,
    children: dict[LotName, list[LotName]],
    drawn: set[LotName],
) -> None:
    # A lot with two parents stands below both, and rework goes round: each is drawn once.
    if node in drawn:
        above.add(f"[dim]{escape(str(node))} (drawn above)[/]")
        return
    drawn.add(node)
    here = above.add(_label(answer, node))
    for sentence in _facts(answer, node):
        here.add(sentence)
    for child in sorted(children[node], key=_by_step):
        _branch(here, answer, child, children, drawn)
    _uses(here, [u for u in answer.uses if u.lot == node])


def _label(answer: Trace, node: LotName) -> str:
    unknown = any(n.name == node and not n.known for n in answer.nodes)
    mark = " [bold cyan]<- traced[/]" if node in answer.start else ""
    missing = " [red](no record of it has arrived)[/]" if unknown else ""
    return f"{escape(node.step)} [bold]{escape(node.maker)}/{escape(node.number)}[/]{missing}{mark}"


def _facts(answer: Trace, node: LotName) -> list[str]:
    found = [
        f"{p.units:,} units of {p.donations:,} donations of {p.donors:,} donor keys"
        for p in answer.pooled
        if p.pool == node
    ]
    return [
        *found,
        *placed(
            [w for w in answer.whereabouts if w.lot == node],
            [d for d in answer.differences if d.lot == node],
        ),
    ]


def _uses(here: Tree, uses: list[Use]) -> None:
    for use in uses[:USES_SHOWN]:
        at = f"{use.at:%Y-%m-%d %H:%M} UTC" if use.at else "at a time that is not known"
        here.add(
            f"[green]{use.state}[/] {at} at {escape(use.place)}: {use.record}"
            f" {escape(key(use.key))}, {many(use.vials, 'vial')}, linked by {use.basis}"
        )
    if len(uses) > USES_SHOWN:
        here.add(f"[dim]and {len(uses) - USES_SHOWN:,} more (all with --json)[/]")


def implicated(answer: Implicated) -> Tree:
    """Lots, holders, packs by whereabouts, vials by state, patients counted."""
    root = Tree(f"[bold]implicated by {escape(answer.question)}[/]")
    for name, value in answer.details:
        root.add(f"{escape(name)}: {escape(f'{value:,}' if isinstance(value, int) else value)}")
    by_step: dict[str, list[LotName]] = defaultdict(list)
    for node in sorted((n.name for n in answer.nodes), key=_by_step):
        by_step[node.step].append(node)
    for step, nodes in by_step.items():
        shown = ", ".join(escape(f"{n.maker}/{n.number}") for n in nodes[:BRANCHES_SHOWN])
        more = f" and {len(nodes) - BRANCHES_SHOWN} more" if len(nodes) > BRANCHES_SHOWN else ""
        root.add(f"{len(nodes)} {step}: {shown}{more}")
    holders = root.add("packs by whereabouts")
    for sentence in placed(answer.whereabouts, answer.differences):
        holders.add(sentence)
    _counted(root, answer)
    return root


def _counted(above: Tree, answer: Trace | Implicated) -> None:
    """Vials between two numbers, patients as counts of keys, each with its bounds; where nothing is
    known of any, that is said.
    """
    vials, patients, bounds = answer.vials, answer.patients, answer.bounds
    told = above.add(
        "vials" if vials.lines else "vials: none is known to be dispensed, prepared or given"
    )
    for name, means in VIALS.items():
        figure: Between = getattr(vials, name)
        if figure.most:
            told.add(f"[bold]{figure}[/] {means}{_bounds(figure, getattr(bounds, name))}")
    people = above.add("patients")
    for name, means in PATIENTS.items():
        count: int = getattr(patients, name)
        said = _bounds(Between(count, count), getattr(bounds, f"patients_{name}"))
        people.add(f"[bold]{count:,}[/] {means}{said}")


def _bounds(told: Between, bounds: Between) -> str:
    """What a figure surely is, and at most, where that differs from what is told."""
    surely = f"surely {bounds.least:,}" if bounds.least != told.least else ""
    if bounds.most is None:
        most = "[yellow]at most nobody can tell how many[/]"
    else:
        most = f"at most {bounds.most:,}" if bounds.most != told.most else ""
    return "".join(f", {said}" for said in (surely, most) if said)
