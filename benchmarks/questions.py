"""Questions of one plant, each beside a bare read of as many rows by index and beside what a user
would write, in PostgreSQL, in DuckDB and with networkx; beside a smaller plant that was kept; and while
files are received.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import ground, while_loading
from benchmarks.others import Others
from benchmarks.timing import Took, in_turn, median, ratio
from benchmarks.user import NAMED, RESULTS, recursive
from benchmarks.whole import linked, received, written
from lots import loaded
from lots.answers import Implicated, Trace
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.trace import trace
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store.engine import close, engine

CASES = (
    ("implicate", "donation"),
    ("implicate", "donor"),
    ("implicate", "lot"),
    ("implicate", "pool"),
    ("implicate", "kit_lot"),
    ("trace", "pack"),
    ("trace", "lot"),
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What is promised of a question: at most so many times a bare read of as many rows and so many
    seconds on top of it, and less than so many seconds.
    """

    times: float | None = None
    plus: float = 0
    under: float | None = None


MADE_OF = Goal(times=1, plus=0.03, under=0.06)
GOALS = {
    ("implicate", "donation"): MADE_OF,
    ("implicate", "lot"): MADE_OF,
    ("implicate", "pool"): MADE_OF,
    ("implicate", "donor"): Goal(under=0.12),
    ("implicate", "kit_lot"): Goal(under=1),  # of 90,000 results
    ("trace", "lot"): Goal(times=3),
}
MANY = 10_000  # rows of an answer, from which on it is to be faster than all others
BARE = """
SELECT count(volume_ml) FROM (
    SELECT volume_ml FROM accepted.plasma_unit ORDER BY unit, version LIMIT :many
) AS read
"""
HEAD = f"""\
  {"":<26} {"ours":>16} {"bare read":>16} {"recursive SQL":>16}
  {"question":<18} {"rows":>7}{"  wall ms  CPU ms" * 3}"""
Answer = Implicated | Trace


def run(folder: Path, rows: int, rounds: int) -> None:
    """Make a plant of `rows` donations, unless the folder has it from an earlier run, and put the
    questions to it.
    """
    print(f"Questions on a plant of {rows:,} donations, warm:", flush=True)
    with plant(folder, rows) as (made, settings):
        others = Others.of(settings, folder, rows)
        loaded.stays()  # as a process that answers does, once it has loaded
        ours = measure(made, settings, rounds, others)
        _beside_smaller(folder, rows, ours)
        while_loading.measure(made, settings, folder, rounds, partial(_lot, settings))


@contextmanager
def plant(folder: Path, rows: int) -> Iterator[tuple[Cluster, Settings]]:
    """A plant of `rows` donations, received and linked; the folder's own, where it has it."""
    name = f"plant_{rows}"
    whole = folder / f"{name}.whole"
    with ground.server(folder) as made:
        if not whole.exists():
            written(folder / name / "plant", rows)
        settings = ground.lasting(made, folder, name)
        if not whole.exists():
            _filled(settings, folder / name / "plant" / "landing")
            # Last: a plant of which the filling was broken off is filled again.
            whole.touch()
        yield made, settings
        close(settings)


def _filled(settings: Settings, landing: Path) -> None:
    received(settings, landing)
    print(f"  linked in {linked(settings):.1f} s", flush=True)
    with engine("lots_owner", settings).connect() as connection:
        # VACUUM runs in no transaction; without it the first questions would pay for hint bits and
        # old statistics.
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")


def measure(made: Cluster, settings: Settings, rounds: int, beside: Others) -> dict[str, float]:
    """Put each question once to warm up, then in turn with the others; print wall and processor
    time. Answers our seconds by question.
    """
    print(HEAD, flush=True)
    ours = {}
    for verb, kind in CASES:
        name = str(read(settings, NAMED[kind]))
        ask = partial(_asked, settings, verb, kind, name)
        many = _rows(ask()) + (int(read(settings, RESULTS, name=name)) if kind == "kit_lot" else 0)
        ways: dict[str, Callable[[], object]] = {
            "ours": ask,
            "bare": partial(read, settings, BARE, many=many),
            "recursive SQL": partial(read, settings, recursive(verb, kind), name=name),
            **beside.ways(verb, kind, name),
        }
        # Once before it is timed: a cold cache is the disk's speed, not ours.
        told = {name: way() for name, way in ways.items()}
        counted = {name: told[name] for name in [*ways][2:]}
        assert len(set(counted.values())) == 1, f"{verb} {kind}: {counted}"
        found = in_turn(ways, rounds, lambda: ground.cpu_seconds(made))
        took = {way: median(of_it) for way, of_it in found.items()}
        first = [*took.values()][:3]
        print(_line(f"{verb} {kind}", many, first, str(Subject(kind, name))), flush=True)
        _goals(f"{verb} {kind}", GOALS.get((verb, kind), Goal()), took, many)
        ours[f"{verb} {kind}"] = took["ours"].wall
    return ours


def _goals(question: str, goal: Goal, took: Mapping[str, Took], many: int) -> None:
    """Print what is promised of a question, and what others take who are to be slower."""
    ours, bare = took["ours"].wall, took["bare"].wall
    if goal.times is not None:
        plus = f" plus {goal.plus * 1e3:.0f} ms" if goal.plus else ""
        most = goal.times * bare + goal.plus
        wanted = f"at most 1, of {goal.times:g} bare{plus}"
        ratio(f"  {question} / {goal.times:g} bare{plus}", ours / most, wanted, held=ours <= most)
    if goal.under is not None:
        ratio(f"  {question} [s]", ours, f"under {goal.under:g}", held=ours < goal.under)
    for other, its in [*took.items()][2:]:
        said = f"  {other} / ours"
        if many >= MANY:
            ratio(said, its.wall / ours, "more than 1", held=its.wall > ours)
        elif other != "recursive SQL":
            print(f"  {said}: {its.wall / ours:.2f}", flush=True)


def _beside_smaller(folder: Path, rows: int, ours: Mapping[str, float]) -> None:
    """Print how much longer each question takes than in the largest smaller plant that was asked here."""
    (folder / f"plant_{rows}.took").write_text(json.dumps(ours), encoding="utf-8")
    sizes = [int(found.stem.removeprefix("plant_")) for found in folder.glob("plant_*.took")]
    for smaller in sorted(size for size in sizes if size < rows)[-1:]:
        took = json.loads((folder / f"plant_{smaller}.took").read_text(encoding="utf-8"))
        for question, seconds in ours.items():
            grown = seconds / took[question]
            said = f"{question} of {rows:,} donations / of {smaller:,}"
            ratio(said, grown, "at most 1.3", held=grown <= 1.3)


def _line(question: str, many: int, ways: Sequence[Took], thing: str) -> str:
    """A question's line of the table: within 80 columns, and what was asked for where there is room
    for it.
    """
    told = " ".join(f"{took.wall * 1e3:8,.1f} {took.cpu * 1e3:7,.1f}" for took in ways)
    line = f"  {question:<18} {many:>7,} {told}"
    whole = f"{line}  {thing}"
    return whole if len(whole) <= shutil.get_terminal_size().columns else line


def _lot(settings: Settings) -> Answer:
    return _asked(settings, "implicate", "lot", str(read(settings, NAMED["lot"])))


def _asked(settings: Settings, verb: str, kind: str, name: str) -> Answer:
    now = datetime.now(UTC)
    if verb == "trace":
        return trace(settings, kind, name, through=now)
    return implicate(settings, [Subject(kind, name)], through=now)


def _rows(answer: Answer) -> int:
    """The rows that an answer stands on: lots and edges, packs, vial lines, units of pools."""
    packs = sum(w.packs for w in answer.whereabouts if w.serials)
    pooled = sum(p.units for p in answer.pooled) if isinstance(answer, Trace) else 0
    return len(answer.nodes) + answer.certificate.edges + packs + answer.vials.lines + pooled


def read(settings: Settings, statement: str, **parameters: object) -> Any:
    """The one value that a plain statement finds."""
    # The plain way looks at keys of persons, which the reader of the answers does not see.
    with engine("lots_discloser", settings).connect() as connection:
        connection.exec_driver_sql(
            # The bare read is by index, as a question's is; of a small table the planner would read
            # all.
            "SET LOCAL enable_seqscan = off" if statement == BARE else "SELECT 1"
        )
        return connection.execute(sa.text(statement), parameters).scalar_one()
