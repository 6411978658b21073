"""What came of the demo, on a screen."""

from collections import Counter
from collections.abc import Iterator
from getpass import getuser
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.tree import Tree

from lots.answers import Listed
from lots.answers.lists import ReceivedOfRecord
from lots.command import trees
from lots.command.beginning import now, second
from lots.command.certificates import certificate
from lots.local import demo
from lots.local.environment import PORT
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.lists import counted, listed
from lots.pipeline.receive_all import receive_all
from lots.pipeline.summary import Example, example, judged, vials_given
from lots.pipeline.trace import trace
from lots.settings import ROOT, Settings, settings
from lots.visible import marked

REASONS = 3
WHOLE, YEAR = "lots_whole", 2025  # the database of a plant that told all, and its year
KINDS_PARKED = 4


def screen(out: Console) -> None:
    """What came of all of it."""
    where = settings()
    out.print(_heading("What was received"), _received(listed(where, "receipts")), sep="\n")
    out.print(_heading("What came of it"), *_real(), *_judged(where), *_vials(where), sep="\n")
    shown = example(where)
    if shown is not None:
        _answers(out, where, shown)
    if where.database_url is None:  # in a server of somebody's own no second database is made
        out.print(_heading("A donation of a plant that told all"), *_whole(where), sep="\n")
    out.print(_heading("One pack at a pharmacy: released, then stopped"), *_scene(where), sep="\n")
    out.print(_heading("Next"), _next(where, shown), sep="\n")


def _answers(out: Console, where: Settings, shown: Example) -> None:
    from synthetic.world import clock

    told = clock.told_until()  # later nobody has been heard, so that no answer would be complete
    traced = trace(where, "pack", shown.pack, through=told)
    out.print(
        _heading("One pack, from donations to infusions"),
        trees.tree(traced),
        certificate(traced.certificate, shown=REASONS),
        sep="\n",
    )
    concerned = implicate(where, [Subject("donation", shown.donation)], through=told)
    why = "has a reactive test result" if shown.reactive else "came into question"
    out.print(
        _heading(f"One donation that {why}: what it reaches"),
        trees.implicated(concerned),
        certificate(concerned.certificate, shown=REASONS),
    )


def _whole(where: Settings) -> Iterator[Tree]:
    """An answer to which nothing is missing: of a small plant in a database of its own."""
    from synthetic import whole

    own = second(WHOLE, where.home / "demo" / "whole")
    for sender, files in whole.write(Path(own.landing_url), YEAR).items():
        receive_all([*map(str, files)], own, by=getuser(), now=now, sender=sender)
    found = implicate(own, [Subject("donation", "D1")])
    yield trees.implicated(found)
    yield certificate(found.certificate)


def _scene(where: Settings) -> list[str]:
    """What scans of one pack are told, as its lot is released and stopped."""
    from lots.pipeline.scene import scene

    played = scene(where, now())
    if played is None:
        return ["No pack is left that waits for its lot's release alone: each was shown before."]
    before, released, stopped = played.told
    pack, lot, site = (marked(name) for name in (played.pack, played.lot, played.site))
    return [
        f"Pack {pack}, of lot {lot}, to be dispensed at {site}:",
        f"  nobody has released the lot        {_word(before)}",
        f"  two released it for {played.market:<15}{_word(released)}",
        f"  one stopped it, and the next scan  {_word(stopped)}",
    ]


def _word(verdict: str) -> str:
    return f"[bold {'green' if verdict == 'GO' else 'red'}]{verdict}[/]"


def _heading(text: str) -> str:
    return f"\n[bold cyan]{text}[/]"


def _received(receipts: Listed[ReceivedOfRecord]) -> Table:
    table = Table(
        header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0), show_footer=True
    )
    rows = [
        (r.record, r.files, r.rows, r.accepted, r.known, r.refused, r.findings)
        for r in receipts.rows
    ]
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    names = ("files", "received", "accepted", "known", "refused", "findings")
    table.add_column("record type", footer="all")
    for name, total in zip(names, sums, strict=True):
        table.add_column(name, justify="right", footer=f"{total:,}")
    for record, *numbers in rows:
        table.add_row(str(record), *(f"{n:,}" if n else "[dim]-[/]" for n in numbers))
    return table


def _real() -> list[str]:
    """A word on the real log, where one was received."""
    said = "Among them a real freeze-dryer's log, {}; its readings wait for a record of its cycle."
    return [said.format(log.name) for log in demo.real_logs()]


def _judged(where: Settings) -> list[str]:
    told = judged(where)
    return [
        f"[bold]{told.rules}[/] rules across records were put to {told.subjects:,} things:"
        f" {told.passed:,} passed, {told.not_applicable:,} not applicable, {told.pending:,}"
        f" pending, {told.notices:,} notices, [bold yellow]{told.findings:,}[/] findings, which"
        f" hold {told.units:,} units, {told.lots:,} lots and {told.cases:,} cases."
    ]


def _vials(where: Settings) -> list[str]:
    given = vials_given(where)
    waits: Counter[str] = Counter()
    for parked in counted(where, "parked", "rule").rows:
        waits[parked.target] += parked.rows
    kinds = ", ".join(f"{n:,} for a {target}" for target, n in waits.most_common(KINDS_PARKED))
    more = f", {waits.total() - sum(n for _, n in waits.most_common(KINDS_PARKED)):,} for others"
    return [
        (
            f"[bold]{given.given:,}[/] vials were given; [bold green]{given.linked:,}[/] of them"
            f" are linked to a lot ({given.lots} lots)."
        ),
        (
            f"[bold yellow]{waits.total():,}[/] links are parked: what they name has not arrived."
            f" They wait {kinds}{more}."
        ),
    ]


def _next(where: Settings, shown: Example | None) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    lots = ".venv/bin/lots"
    rows = [
        (
            "make serve",
            f"the pages of this plant at http://127.0.0.1:{PORT}; it prints the link to sign in by",
        ),
        (
            f"{lots} findings",
            "what is out of limits; likewise refused, parked, contested, held, heard",
        ),
    ]
    if shown is not None:
        rows = [
            *rows[:1],
            (f"{lots} trace pack {shown.pack}", "the tree again, with its whole certificate"),
            (f"{lots} implicate --donation {shown.donation}", "holder by holder"),
            *rows[1:],
        ]
    for command, does in (*rows, ("make down", "stop PostgreSQL")):
        table.add_row(f"[bold]{command}[/]", does)
    # Between what to type and where to look.
    table.add_row("", "")
    table.add_row("the files", _shown(Path(where.landing_url)))
    table.add_row("a report on each", _shown(where.reports))
    return table


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
