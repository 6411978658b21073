"""The same questions to DuckDB and to networkx, on the same rows held in their own way; who is not
installed is told, and left out.
"""

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.user import DOWN, EDGES, START, UP, recursive
from lots.settings import Settings
from lots.store.engine import engine

TABLES = sorted(
    {
        table
        for text in (DOWN, UP, EDGES, *START.values())
        for table in re.findall(r"standing[.](\w+)", text)
    }
)
# Some gigabytes for a graph of Python's objects; beyond that it is no way to ask anything.
NETWORKX_MOST = 200_000
# What hangs on what, down to packs and those who have them; a thing is a kind and a number.
GRAPH = f"""
SELECT * FROM (
SELECT 'donor ' || donor_key, 'donation ' || donation_number FROM standing.donation
UNION ALL SELECT 'donation ' || donation_number, 'unit ' || unit FROM standing.plasma_unit
UNION ALL SELECT 'unit ' || unit, 'lot ' || plant || ' ' || pool_number || ' pool' FROM standing.pool_unit
UNION ALL SELECT 'kit lot ' || kit_lot, 'donation ' || tested_id FROM standing.test_result WHERE tested = 'donation'
UNION ALL SELECT 'kit lot ' || kit_lot, 'minipool ' || tested_id FROM standing.test_result WHERE tested = 'minipool'
UNION ALL SELECT 'minipool ' || minipool, 'donation ' || member FROM standing.minipool_member
    WHERE member_kind = 'donation'
UNION ALL SELECT 'lot ' || from_manufacturer || ' ' || from_number || ' ' || from_step,
    'lot ' || manufacturer || ' ' || lot_number || ' ' || step
    FROM ({EDGES}) AS edge (from_manufacturer, from_number, from_step, manufacturer, lot_number, step)
UNION ALL SELECT 'lot ' || manufacturer || ' ' || lot_number || ' packed', 'pack ' || gtin || '/' || serial
    FROM standing.pack
UNION ALL SELECT 'pack ' || gtin || '/' || serial, 'holder ' || to_party FROM standing.shipment
UNION ALL SELECT 'pack ' || v.gtin || '/' || v.serial, 'patient ' || a.patient_key
    FROM standing.administration_vial AS v JOIN standing.administration AS a USING (site, administration)
) AS edge (above, below) WHERE above IS NOT NULL AND below IS NOT NULL
"""
POOL = "SELECT 'lot ' || plant || ' ' || pool_number || ' pool' FROM standing.pool WHERE pool_number = :name LIMIT 1"
LOT = """
SELECT 'lot ' || manufacturer || ' ' || lot_number || ' packed' FROM standing.lot WHERE lot_number = :name LIMIT 1
"""
PACK = """
SELECT 'lot ' || manufacturer || ' ' || lot_number || ' packed' FROM standing.pack
WHERE gtin = split_part(:name, '/', 1) AND serial = split_part(:name, '/', 2)
"""
BEGINS = {"pool": POOL, "lot": LOT, "pack": PACK}
# What the recursive statement counts, below and above.
BELOW, ABOVE = ("pack ", "patient ", "holder "), ("unit ", "donor ")


@dataclass(frozen=True, slots=True)
class Others:
    """What else was loaded of a plant: DuckDB's tables and a graph, None where they are not."""

    settings: Settings
    duckdb: Any = None
    graph: Any = None

    @classmethod
    def of(cls, settings: Settings, folder: Path, rows: int) -> "Others":
        """Load what is installed."""
        return cls(settings, _duckdb(settings, folder), _graph(settings, rows))

    def ways(self, verb: str, kind: str, name: str) -> dict[str, Callable[[], object]]:
        """How each of them is asked a question."""
        found: dict[str, Callable[[], object]] = {}
        if self.duckdb is not None:
            statement = recursive(verb, kind).replace(":name", "$name")
            found["DuckDB"] = partial(_asked, self.duckdb, statement, name)
        if self.graph is not None:
            begin = f"{kind.replace('_', ' ')} {name}"
            if kind in BEGINS:
                begin = str(_one(self.settings, BEGINS[kind], name))
            found["networkx"] = partial(_reached, self.graph, begin, upwards=verb == "trace")
        return found


def _asked(duckdb: Any, statement: str, name: str) -> object:
    return duckdb.execute(statement, {"name": name}).fetchone()[0]


def _reached(graph: Any, begin: str, *, upwards: bool) -> int:
    """How many things hang on one; upwards: or it on them."""
    networkx = importlib.import_module("networkx")
    below = sum(map(_among(BELOW), networkx.descendants(graph, begin)))
    return below + (sum(map(_among(ABOVE), networkx.ancestors(graph, begin))) if upwards else 0)


def _among(kinds: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda thing: thing.startswith(kinds)


def _duckdb(settings: Settings, folder: Path) -> Any:
    duckdb = _installed("duckdb")
    if duckdb is None:
        return None
    tables = duckdb.connect()
    tables.execute("CREATE SCHEMA standing")
    for table in TABLES:
        made = folder / f"{table}.csv"
        with made.open("wb") as out:
            out.writelines(_copied(settings, f"TABLE standing.{table}"))
        tables.execute(
            f"CREATE TABLE standing.{table} AS FROM read_csv('{made}', all_varchar = true)"
        )
        made.unlink()
    return tables


def _graph(settings: Settings, rows: int) -> Any:
    networkx = _installed("networkx") if rows <= NETWORKX_MOST else None
    if networkx is None:
        return None
    made = networkx.DiGraph()
    text = b"".join(_copied(settings, GRAPH)).decode().splitlines()[1:]
    made.add_edges_from(line.split(",") for line in text)
    return made


def _installed(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        print(f"  {name}: left out, it is not installed; make bench HOSTS=1 has it.", flush=True)
        return None


def _copied(settings: Settings, statement: str) -> Iterator[bytes]:
    """What a statement finds, as CSV with a header."""
    with engine("lots_discloser", settings).connect() as connection:
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        with cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv, HEADER)") as out:
            yield from map(bytes, out)


def _one(settings: Settings, statement: str, name: str) -> object:
    import sqlalchemy as sa

    with engine("lots_discloser", settings).connect() as connection:
        return connection.execute(sa.text(statement), {"name": name}).scalar_one()
