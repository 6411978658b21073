"""The whole plant, stage after stage."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from lots.plant import (
    Truth,
    careless,
    dispensing,
    distribution,
    donations,
    drying,
    faults,
    german,
    logs,
    making,
    packing,
    parties,
    people,
    pooling,
    screening,
    wards,
)
from lots.plant.columns import by_column
from lots.plant.landing import Landing, Sending
from lots.plant.plan import plan
from lots.plant.truth import Ledger

STAGES = (people, donations, screening, pooling, making, drying, packing, distribution, dispensing, wards)


def write(count: int, seed: int, out: Path, tell: Callable[[str], None]) -> Truth:
    """Write everything; `tell` hears of each stage."""
    sizes, ledger = plan(count, seed), Ledger(out / "truth")
    landing = Landing(out / "landing", ledger, faults.planted(sizes, ledger))
    _profiles(out / "profiles")
    _parties(landing)
    for stage in STAGES:
        stage.send(sizes, landing)
        tell(f"{stage.__name__.rsplit('.', 1)[-1]} written")
    landing.close(lambda sender, rows: careless.said(sender, rows, ledger))
    return ledger.close()


def _profiles(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for sender, text in ((parties.GERMAN, german.profile()), (parties.PLANT, logs.profile())):
        (folder / f"{sender}.toml").write_text(text, encoding="utf-8")


def _parties(landing: Landing) -> None:
    rows = [asdict(p) for p in parties.parties()]
    landing.put(Sending(parties.PLANT, "party", (0, 1), "quoted"), by_column(rows))
