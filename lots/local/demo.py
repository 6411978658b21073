"""The demo around the DAGs: a synthetic plant to receive, and what came of it on a screen."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lots import private
from lots.answers import Listed
from lots.answers.lists import ReceivedOfRecord
from lots.command import trees
from lots.command.beginning import bring_up, now
from lots.command.certificates import certificate
from lots.command.progress import Progress
from lots.errors import CallError, ClusterError
from lots.local.environment import PORT, environment
from lots.pipeline import keep, profiles
from lots.pipeline.first_start import tell
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.installation_lock import turn
from lots.pipeline.lists import counted, listed
from lots.pipeline.summary import Example, example, judged, vials_given
from lots.pipeline.trace import trace
from lots.settings import ROOT, Settings, from_environment, settings
from lots.visible import marked

# As many as show every kind of fault and are read within the minute that a first look gets.
DONATIONS, SEED = 20_000, 1
# Beside the checkout and never in it: they are somebody else's.
REAL = ROOT.parent / "shared" / "real" / "lyophilisation"
REASONS = 3
KINDS_PARKED = 4


@contextmanager
def alone(progress: Progress) -> Iterator[None]:
    """The installation to ourselves; waits for another demo. Raises CallError where Airflow is
    served here.
    """

    def wait(holder: str) -> None:
        if holder == "lots serve":
            raise CallError(
                "'lots serve' runs on this installation and would take the demo's tasks; stop it"
                " first."
            )
        progress.say(f"'{holder}' works on this installation; waiting until it is done …")

    with turn(from_environment(dict(os.environ)).home, "make run", wait):
        yield


@contextmanager
def prepared(progress: Progress) -> Iterator[None]:
    """The database and the environment for Airflow, to be loaded in the block; then the plant,
    written meanwhile.
    """
    chosen = from_environment(dict(os.environ))
    # Made-up donors and lots beside true ones could not be told apart, nor taken out again.
    if chosen.database_url and os.environ.get("LOTS_DEMO") != "yes":
        raise CallError(
            "LOTS_DATABASE_URL is set, and a synthetic plant would go into that database; expected "
            "it unset, or LOTS_DEMO=yes beside it."
        )
    keep.store(chosen)
    home = chosen.home
    # Set before anything reads them: settings are read once in a process.
    os.environ["LOTS_LANDING_URL"] = str(home / "demo" / "plant" / "landing")
    # In a process of its own: it is written while the database starts and Airflow is loaded.
    writing = _plant_begun(home)
    with progress.phase("PostgreSQL") as told:
        bring_up()
        tell(settings(), "synthetic", by=getuser(), now=now())
        # A failure is told by us, in one sentence.
        quiet = {"AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL"}
        # Here and not at the top: Airflow reads its environment once, when it is loaded.
        os.environ.update(environment(settings()) | quiet)
        told(
            "up, with its tables"
            if settings().database_url is None
            else "the one that LOTS_DATABASE_URL names"
        )
    yield
    with progress.phase("a synthetic plant") as told:
        _plant_done(home, writing)
        told_how = sorted((home / "demo" / "plant" / "profiles").glob("*.toml"))
        profiles.add(settings(), told_how, by=getuser(), now=now())
        files = sum(1 for f in Path(settings().landing_url).rglob("*") if f.is_file())
        told(f"{DONATIONS:,} donations, {files} files" + ("" if writing else ", there already"))


def _plant_begun(home: Path) -> subprocess.Popen[bytes] | None:
    """Begin to write the plant beside us, unless it is there: the same seed would write the same
    bytes.
    """
    if (home / "demo" / "plant").exists():
        return None
    shutil.rmtree(_half(home), ignore_errors=True)
    plant = [
        "synthetic",
        "--donations",
        str(DONATIONS),
        "--seed",
        str(SEED),
        "--out",
        str(_half(home)),
    ]
    return subprocess.Popen(
        [sys.executable, "-m", "lots.command.cli", *plant], cwd=ROOT, stdout=subprocess.DEVNULL
    )


def _plant_done(home: Path, writing: subprocess.Popen[bytes] | None) -> None:
    if writing is None:
        return
    if writing.wait() != 0:
        # Its own error is on the terminal already.
        raise ClusterError(f"The synthetic plant could not be written to {_half(home)}.")
    # Under its name only when whole: a half plant would be a plant with losses that nobody planted.
    _half(home).rename(home / "demo" / "plant")


def _half(home: Path) -> Path:
    return home / "demo" / "plant.half"


def real_logs() -> list[Path]:
    """Real freeze-dryers' logs, put into the landing folder; none where there is none on this
    machine.
    """
    logs = sorted(REAL.glob("*.csv")) if REAL.is_dir() else []
    place = private.folder(Path(settings().landing_url) / "PLANT-01")
    for log in logs:
        if not (place / log.name).exists():
            shutil.copy2(log, place)
    return logs


# --- the screen -----------------------------------------------------------------------------------


def screen(out: Console) -> None:
    """What came of all of it."""
    where = settings()
    out.print(_heading("What was received"), _received(listed(where, "receipts")), sep="\n")
    out.print(_heading("What came of it"), *_real(), *_judged(where), *_vials(where), sep="\n")
    shown = example(where)
    if shown is not None:
        _answers(out, where, shown)
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
    return [said.format(log.name) for log in real_logs()]


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
