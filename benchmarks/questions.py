"""Questions of one plant, each beside a bare read of as many rows by index and beside what a user
would write.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import ground
from benchmarks.timing import Took, in_turn, median, ratio
from benchmarks.user import NAMED, RESULTS, recursive
from benchmarks.whole import linked, received, written
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
PROMISED = {"lot": 0.26, "kit_lot": 10}  # seconds: of 8,000 packs, of 90,000 results
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
        measure(made, settings, rounds)


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


def measure(made: Cluster, settings: Settings, rounds: int) -> None:
    """Put each question once to warm up, then in turn with the others; print wall and processor
    time.
    """
    print(HEAD, flush=True)
    for verb, kind in CASES:
        name = str(read(settings, NAMED[kind]))
        ask = partial(_asked, settings, verb, kind, name)
        many = _rows(ask()) + (int(read(settings, RESULTS, name=name)) if kind == "kit_lot" else 0)
        ways: dict[str, Callable[[], object]] = {
            "ours": ask,
            "bare": partial(read, settings, BARE, many=many),
            "user": partial(read, settings, recursive(verb, kind), name=name),
        }
        # Once before it is timed: a cold cache is the disk's speed, not ours.
        for way in ways.values():
            way()
        found = in_turn(ways, rounds, lambda: ground.cpu_seconds(made))
        took = {way: median(of_it) for way, of_it in found.items()}
        print(
            _line(f"{verb} {kind}", many, [took[way] for way in ways], str(Subject(kind, name))),
            flush=True,
        )
        if verb == "implicate" and kind in PROMISED:
            ratio(
                f"a {kind.replace('_', ' ')} of {many:,} rows [s]",
                took["ours"].wall,
                f"under {PROMISED[kind]}",
                held=took["ours"].wall < PROMISED[kind],
            )


def _line(question: str, many: int, ways: Sequence[Took], thing: str) -> str:
    """A question's line of the table: within 80 columns, and what was asked for where there is room
    for it.
    """
    told = " ".join(f"{took.wall * 1e3:8,.1f} {took.cpu * 1e3:7,.1f}" for took in ways)
    line = f"  {question:<18} {many:>7,} {told}"
    whole = f"{line}  {thing}"
    return whole if len(whole) <= shutil.get_terminal_size().columns else line


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
