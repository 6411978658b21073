"""A small world of which every answer is complete: a donation, its unit, a pool, a packed lot of two
packs, one of them given; told by a maker and a hospital, who number what they send.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

Row = dict[str, str]
World = dict[str, list[Row]]
GTIN = "09506000134352"


def at(year: int, month: int) -> str:
    """An instant of that month."""
    return f"{year}-{month:02}-05T10:00:00+00:00"


def senders(year: int) -> dict[str, World]:
    """What each of them tells, by record, of a year."""
    return {"M1": _maker(year), "H1": _hospital(year)}


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


def _maker(year: int) -> World:
    return {
        "party": [
            {"party_id": name, "kind": kind, "name": name}
            for name, kind in (
                ("C1", "centre"),
                ("M1", "plant"),
                ("H1", "pharmacy"),
                ("LAB1", "laboratory"),
            )
        ],
        "donor": [
            {"donor_key": "P1", "as_of": f"{year}-01-01", "centre": "C1", "status": "qualified"}
        ],
        "donation": [
            {
                "donation_number": "D1",
                "scheme": "own",
                "donor_key": "P1",
                "centre": "C1",
                "plasma_kind": "source",
                "collected_at": at(year, 1),
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
                "tested_at": at(year, 2),
                "interpretation": "nonreactive",
                "status": "final",
            }
        ],
        "minipool_member": [
            {"minipool": "MP1", "member_kind": "donation", "member": "D1", "laboratory": "LAB1"}
        ],
        "plasma_unit": [{"unit": "U1", "donation_number": "D1", "volume_ml": "700"}],
        "pool": [{"plant": "M1", "pool_number": "PO1", "pooled_at": at(year, 3)}],
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
                "made_at": at(year, 4),
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
        "lyophilisation": [
            {"plant": "M1", "cycle": "CY1", "dryer": "DR1", "loaded_at": at(year, 4)}
        ],
        "lyophilisation_load": [
            {
                "plant": "M1",
                "cycle": "CY1",
                "from_lot_number": "L1",
                "lot_number": "L1",
                "vials": "2",
            }
        ],
        "pack": [
            {
                "gtin": GTIN,
                "serial": serial,
                "manufacturer": "M1",
                "lot_number": "L1",
                "step": "packed",
                "vials": "1",
                "packed_at": at(year, 5),
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
                "shipped_at": at(year, 6),
            }
            for n, serial in enumerate(("S1", "S2"), 1)
        ],
    }


def _hospital(year: int) -> World:
    return {
        "dispensing": [
            {
                "pharmacy": "H1",
                "dispensing": "DI1",
                "to_kind": "ward",
                "dispensed_at": at(year, 7),
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
                "ordered_at": at(year, 7),
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
                "started_at": at(year, 8),
            }
        ],
        "reconstitution_vial": [
            {
                "site": "H1",
                "preparation": "B1",
                "item": "1",
                "gtin": GTIN,
                "serial": "S1",
                "vials": "1",
            }
        ],
        "administration": [
            {
                "site": "H1",
                "administration": "A1",
                "patient_key": "PAT1",
                "status": "given",
                "started_at": at(year, 9),
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
