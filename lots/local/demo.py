"""The demo around the DAGs: a synthetic plant to receive."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from lots import private
from lots.command.beginning import bring_up, now
from lots.command.progress import Progress
from lots.errors import CallError, ClusterError
from lots.local.environment import environment
from lots.pipeline import keep, profiles
from lots.pipeline.first_start import tell
from lots.pipeline.installation_lock import turn
from lots.settings import ROOT, from_environment, settings

# As many as show every kind of fault and are read within the minute that a first look gets.
DONATIONS, SEED = 20_000, 1
# Beside the checkout and never in it: they are somebody else's.
REAL = ROOT.parent / "shared" / "real" / "lyophilisation"


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
