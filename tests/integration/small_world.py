"""A small world of which every answer is complete: a donation, its unit, a pool, a packed lot of two
packs, one of them given; told by a maker and a hospital, who number what they send.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lots.settings import Settings
from synthetic import whole
from synthetic.whole import GTIN, Row, World
from tests.builders import NOW, table, take, write

__all__ = ["GTIN", "OTHER", "QUESTIONS", "Row", "Told", "World", "at"]

Take = Callable[..., object]  # receives files of a sender
OTHER = "09506000134369"
YEAR = 2026  # of what is told, until NOW


def at(month: int, day: int = 5) -> str:
    """An instant of that month."""
    return whole.at(YEAR, month).replace("-05T", f"-{day:02}T")


QUESTIONS = {
    "donor": "P1",
    "donation": "D1",
    "minipool": "MP1",
    "pool": "M1/PO1",
    "lot": "M1/L1/packed",
    "pack": f"{GTIN}/S1",
    "kit_lot": "K1",
    "laboratory": "LAB1",
    "analyser": "AN1",
    "centre": "C1",
    "dryer": "DR1",
    "diluent_lot": "DL1",
}


@dataclass(slots=True)
class Told:
    """A world that is changed before it is sent: by each sender's rows; began: from when on a sender
    tells, else from the year's first day.
    """

    senders: dict[str, World] = field(default_factory=lambda: whole.senders(YEAR))
    began: dict[str, str] = field(default_factory=dict)

    def rows(self, record: str) -> list[Row]:
        """The rows of a record, whoever sends them; to be changed in place."""
        return next(world[record] for world in self.senders.values() if record in world)

    def every(self) -> Iterator[tuple[str, int]]:
        """Each row, as its record and its place among the record's rows."""
        for world in self.senders.values():
            for record, rows in world.items():
                yield from ((record, n) for n in range(len(rows)))

    def files(self, folder: Path, sender: str) -> list[str]:
        """A sender's files, one for each record."""
        return [
            write(folder / sender, f"{record}-{sender}-0.csv", table({}, rows))
            for record, rows in self.senders[sender].items()
            if rows
        ]

    def send(self, settings: Settings, folder: Path, *, take: Take = take) -> None:
        """Send all of it, numbered and announced as it is."""
        for sender, world in self.senders.items():
            files = self.files(folder, sender)
            said = {
                "sender": sender,
                "sequence": "1",
                "period_from": self.began.get(sender, "2026-01-01T00:00Z"),
                "period_to": f"{NOW:%Y-%m-%dT%H:%MZ}",
            }
            announced = [
                {
                    "file_name": f"{record}-{sender}-0.csv",
                    "record": record,
                    "row_count": str(len(rows)),
                }
                for record, rows in world.items()
                if rows
            ]
            list_of = write(folder / sender, "transmittal-0.csv", table(said, announced))
            take(settings, *files, list_of, sender=sender)
