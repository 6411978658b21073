"""The whole plant, stage after stage."""

from collections.abc import Callable
from pathlib import Path

from lots.errors import CallError
from synthetic.cases import careless, faults
from synthetic.truth.truth import Ledger
from synthetic.world import (
    donations,
    drying,
    filling,
    inactivating,
    making,
    minipools,
    parties,
    people,
    pooling,
    qualifying,
    reference,
    screening,
    testing,
    ward_stages,
)
from synthetic.world.plan import plan
from synthetic.writing import german, logs
from synthetic.writing.columns import by_column
from synthetic.writing.landing import Landing, Sending
from synthetic.writing.written import Truth

FEWEST = 200
STAGES: tuple[ward_stages.Stage, ...] = (
    ("reference", reference.send),
    ("people", people.send),
    ("donations", donations.send),
    ("qualifying", qualifying.send),
    ("minipools", minipools.send),
    ("screening", screening.send),
    ("pooling", pooling.send),
    ("making", making.send),
    ("inactivating", inactivating.send),
    ("filling", filling.send),
    ("drying", drying.send),
    ("testing", testing.send),
    *ward_stages.STAGES,
)


def write(count: int, seed: int, out: Path, tell: Callable[[str], None]) -> Truth:
    """Write everything; `tell` hears of each stage. Raises CallError."""
    checked(count, out / "landing")
    _profiles(out / "profiles")
    sizes = plan(count, seed)
    with Ledger(out / "truth") as ledger:
        landing = Landing(out / "landing", ledger, faults.seeded(sizes, ledger))
        # Before any file of that sender, since it is the first number that it skips.
        careless.before(landing)
        _parties(landing)
        for name, send in STAGES:
            send(sizes, landing)
            tell(f"{name} written")
        careless.after(landing)
        landing.close(careless.said)
        return ledger.truth()


def checked(count: int, landing: Path) -> None:
    """Raise CallError where a plant is too small for all that is seeded, or not alone."""
    if count < FEWEST:
        raise CallError(f"A plant of {count} donations is too small; expected at least {FEWEST}.")
    if landing.exists() and any(landing.iterdir()):
        raise CallError(
            f"The folder '{landing.name}' has files already; expected an empty one for a plant."
        )


def _profiles(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for sender, text in ((parties.GERMAN, german.profile()), (parties.PLANT, logs.profile())):
        (folder / f"{sender}.toml").write_text(text, encoding="utf-8")


def _parties(landing: Landing) -> None:
    landing.put(Sending(parties.PLANT, "party", (0, 1), "quoted"), by_column(parties.parties()))
