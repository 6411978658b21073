"""A few rows of every record, and the dump of a database that holds them.

`python -m tests.filled` makes the dump anew: whenever the baseline is drafted anew, and never again
once it is released.
"""

import gzip
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from lots.grammar.column import Column
from lots.grammar.schema import Kind, Record
from lots.pipeline.receive_all import receive_all
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.records import records
from lots.settings import Settings
from lots.store import engine as connections
from lots.store.schema import migrate
from tests.builders import NOW, table, write

DUMP = Path(__file__).parent / "integration" / "filled_baseline.sql.gz"
GTINS = ("09506000134352", "09506000134369")
OF_KIND = {
    Kind.TEXT: "said",
    Kind.AMOUNT: "7",
    Kind.COUNT: "3",
    Kind.DAY: "2026-01-05",
    Kind.INSTANT: "2026-01-05T10:00:00+01:00",
}


def row(record: Record, number: int) -> dict[str, str]:
    """A row whose links lead to the rows of the same number."""
    return {column.name: _value(record, column, number) for column in record.columns}


def _value(record: Record, column: Column, number: int) -> str:
    if column.name.startswith(("correct", "retracted")):
        return ""
    for link in record.links:
        target = records().get(link.record)
        if target and column.name in link.columns:
            on = (link.on or target.key)[link.columns.index(column.name)]
            if (target.name, on) != (record.name, column.name):
                return _value(target, target.column(on), number)
    if column.kind is Kind.GTIN:
        return GTINS[number % 2]
    if column.kind is Kind.CHOICE:
        return column.choices[(number - 1) % len(column.choices)]
    return OF_KIND.get(column.kind, f"{column.name[:9]}-{number}")


def files(folder: Path) -> Iterator[str]:
    """A file of each record; one brings a version that contradicts, and a row without a key."""
    for name, record in records().items():
        # Two records have the same columns: in one order of rows their files would be one file.
        numbers = (2, 1, 0) if name == "virus_removal_load" else (0, 1, 2)
        rows = [row(record, number) for number in numbers]
        if name == "donation":
            rows = [{**each, "scheme": "own"} for each in rows]
            rows += [{**rows[0], "donor_key": "another"}, {**rows[1], "donation_number": ""}]
        yield write(folder / "SENDER", f"{name}-1.csv", table({}, rows))


def fill(settings: Settings, folder: Path) -> None:
    """Receive and link all of them."""
    receive_all([*files(folder)], settings, by="tester", now=lambda: NOW, sender="SENDER")


def dump(cluster: Cluster, name: str) -> bytes:
    """A database as packed SQL, without what differs each time it is dumped."""
    place = ["-h", str(cluster.socket), "-p", str(cluster.port), "-U", "postgres"]
    command = [str(cluster.binaries / "pg_dump"), *place, name]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = re.sub(r"(?m)^(--.*|\\(un)?restrict .*|)\n", "", told)
    return gzip.compress(lines.encode(), mtime=0)


def restore(cluster: Cluster, name: str) -> None:
    """A database as it was when the dump was made."""
    embedded.create_database(cluster, name)
    embedded.psql(cluster, gzip.decompress(DUMP.read_bytes()).decode(), name)


def main() -> None:
    """Make the dump."""
    folder = Path(mkdtemp(prefix=f"lots-filled-{os.getpid()}-", dir="/tmp"))
    folder.chmod(0o755)
    made = embedded.up(folder)
    settings = Settings(folder, None, str(folder / "raw"), str(folder / "landing"))
    try:
        migrate.upgrade(settings)
        fill(settings, folder)
        connections.close(settings)
        DUMP.write_bytes(dump(made, "lots"))
    finally:
        embedded.down(folder)
        rmtree(made.base)
        rmtree(folder)
    print(f"{DUMP}: {DUMP.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
