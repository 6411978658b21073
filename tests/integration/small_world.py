"""A small world of which every answer is complete: a donation, its unit, a pool, a packed lot of two
packs, one of them given; told by a maker and a hospital, who number what they send.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from lots.settings import Settings
from tests.builders import NOW, table, take, write

Row = dict[str, str]
World = dict[str, list[Row]]
Take = Callable[..., object]  # receives files of a sender
GTIN, OTHER = "09506000134352", "09506000134369"
AT = "2026-{month:02}-05T10:00:00+00:00"


def at(month: int) -> str:
    """An instant of that month."""
    return AT.format(month=month)


MAKER: World = {
    "party": [
        {"party_id": name, "kind": kind, "name": name}
        for name, kind in (
            ("C1", "centre"),
            ("M1", "plant"),
            ("H1", "pharmacy"),
            ("LAB1", "laboratory"),
        )
    ],
    "donor": [{"donor_key": "P1", "as_of": "2026-01-01", "centre": "C1", "status": "qualified"}],
    "donation": [
        {
            "donation_number": "D1",
            "scheme": "own",
            "donor_key": "P1",
            "centre": "C1",
            "plasma_kind": "source",
            "collected_at": at(1),
        }
    ],
    "test_result": [
        {
            "sample": "S1",
            "marker": "HBsAg",
            "run": "1",
            "tested": "minipool",
            "tested_id": "MP1",
            "kit_lot": "K1",
            "analyser": "AN1",
            "laboratory": "LAB1",
            "tested_at": at(2),
            "interpretation": "nonreactive",
            "status": "final",
        }
    ],
    "minipool_member": [
        {"minipool": "MP1", "member_kind": "donation", "member": "D1", "laboratory": "LAB1"}
    ],
    "plasma_unit": [{"unit": "U1", "donation_number": "D1", "volume_ml": "700"}],
    "pool": [{"plant": "M1", "pool_number": "PO1", "pooled_at": at(3)}],
    "pool_unit": [{"plant": "M1", "pool_number": "PO1", "unit": "U1", "volume_ml": "690"}],
    "lot": [
        {
            "manufacturer": "M1",
            "lot_number": "L1",
            "step": step,
            "product": "IVIG",
            "gtin": GTIN if step == "packed" else "",
            "amount": "2" if step == "packed" else "",
            "amount_unit": "vials" if step == "packed" else "",
            "made_at": at(4),
        }
        for step in ("filled", "dried", "packed")
    ],
    "lot_input": [
        {
            "manufacturer": "M1",
            "lot_number": "L1",
            "step": step,
            "from_manufacturer": "M1",
            "from_number": number,
            "from_step": before,
        }
        for step, number, before in (("filled", "PO1", "pool"), ("packed", "L1", "dried"))
    ],
    "lyophilisation": [{"plant": "M1", "cycle": "CY1", "dryer": "DR1", "loaded_at": at(4)}],
    "lyophilisation_load": [
        {"plant": "M1", "cycle": "CY1", "from_lot_number": "L1", "lot_number": "L1", "vials": "2"}
    ],
    "pack": [
        {
            "gtin": GTIN,
            "serial": serial,
            "manufacturer": "M1",
            "lot_number": "L1",
            "step": "packed",
            "vials": "1",
            "packed_at": at(5),
        }
        for serial in ("S1", "S2")
    ],
    "shipment": [
        {
            "from_party": "M1",
            "shipment": "SH1",
            "item": str(n),
            "kind": "sale",
            "to_party": "H1",
            "gtin": GTIN,
            "serial": serial,
            "packs": "1",
            "shipped_at": at(6),
        }
        for n, serial in enumerate(("S1", "S2"), 1)
    ],
}
HOSPITAL: World = {
    "dispensing": [
        {
            "pharmacy": "H1",
            "dispensing": "DI1",
            "to_kind": "ward",
            "dispensed_at": at(7),
            "gtin": GTIN,
            "serial": "S1",
            "lot_number": "L1",
            "vials": "1",
        }
    ],
    "treatment_order": [
        {
            "site": "H1",
            "treatment_order": "O1",
            "patient_key": "PAT1",
            "ordered_at": at(7),
            "indication": "PID",
        }
    ],
    "reconstitution": [
        {
            "site": "H1",
            "preparation": "B1",
            "treatment_order": "O1",
            "diluent": "SWFI",
            "diluent_lot": "DL1",
            "started_at": at(8),
        }
    ],
    "reconstitution_vial": [
        {"site": "H1", "preparation": "B1", "item": "1", "gtin": GTIN, "serial": "S1", "vials": "1"}
    ],
    "administration": [
        {
            "site": "H1",
            "administration": "A1",
            "patient_key": "PAT1",
            "status": "given",
            "started_at": at(9),
            "treatment_order": "O1",
        }
    ],
    "administration_vial": [
        {
            "site": "H1",
            "administration": "A1",
            "item": "1",
            "gtin": GTIN,
            "serial": "S1",
            "vials": "1",
            "preparation": "B1",
        }
    ],
}
SENDERS: Mapping[str, World] = {"M1": MAKER, "H1": HOSPITAL}
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

    senders: dict[str, World] = field(default_factory=lambda: deepcopy({**SENDERS}))
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
