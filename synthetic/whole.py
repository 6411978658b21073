"""A small world of which every answer is complete: a donation, its unit, a pool, a packed lot of two
packs, one of them given; told by a maker and a hospital, who number what they send.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from synthetic.data import table

Row = dict[str, str]
World = dict[str, list[Row]]
GTIN = "09506000134352"


def at(year: int, month: int) -> str:
    """An instant of that month."""
    return f"{year}-{month:02}-05T10:00:00+00:00"


def senders(year: int) -> dict[str, World]:
    """What each of them tells, by record, of a year."""
    return {
        sender: {
            record: [
                {c: text.replace("YEAR", str(year)) for c, text in row.items()} for row in rows
            ]
            for record, rows in world.items()
        }
        for sender, world in table("whole").items()
    }


def write(folder: Path, year: int) -> dict[str, list[Path]]:
    """Write it as files, announced in one sending of each that covers the year until December."""
    return {
        sender: [*_files(folder / sender, world, sender, year)]
        for sender, world in senders(year).items()
    }


def _files(folder: Path, world: World, sender: str, year: int) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    announced = [
        {
            "sender": sender,
            "sequence": "1",
            "file_name": f"{record}-0001.csv",
            "record": record,
            "row_count": str(len(rows)),
            "period_from": f"{year}-01-01T00:00Z",
            "period_to": f"{year}-12-01T00:00Z",
        }
        for record, rows in world.items()
    ]
    for record, rows in {**world, "transmittal": announced}.items():
        path = folder / f"{record}-0001.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            told = csv.DictWriter(out, list(dict.fromkeys(c for row in rows for c in row)), "")
            told.writeheader()
            told.writerows(rows)
        yield path
