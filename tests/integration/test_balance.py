"""Small accounts of lots, each row of which is put into a database (docs/balance.md)."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from lots.answers import Between, LotName
from lots.errors import CallError, NotFound
from lots.pipeline.balance import balance, balance_of
from lots.settings import Settings
from tests.builders import full, table, take, write

Rows = Sequence[tuple[str, Mapping[str, str]]]
GTIN = "09506000134352"


def filled(vials: str = "100", batch: str = "F1", of: str = "B1") -> tuple[str, Mapping[str, str]]:
    """What was filled into a lot."""
    return "filling_load", {
        "plant": "M1",
        "batch": batch,
        "from_lot_number": of,
        "lot_number": "L",
        "vials": vials,
    }


def loaded(vials: str = "100", cycle: str = "C1", into: str = "L") -> tuple[str, Mapping[str, str]]:
    """What was dried of a lot."""
    return "lyophilisation_load", {
        "plant": "M1",
        "cycle": cycle,
        "from_lot_number": "L",
        "lot_number": into,
        "vials": vials,
    }


def packed(
    vials: str = "90", into: str = "L", unit: str = "vials"
) -> tuple[str, Mapping[str, str]]:
    """What was packed of a dried lot."""
    return "lot_input", {
        "manufacturer": "M1",
        "lot_number": into,
        "step": "packed",
        "from_manufacturer": "M1",
        "from_number": "L",
        "from_step": "dried",
        "amount": vials,
        "amount_unit": unit,
    }


def sample(vials: str = "6", lot: str = "L", number: str = "S1") -> tuple[str, Mapping[str, str]]:
    """A sample of a dried lot."""
    return "sample", {
        "manufacturer": "M1",
        "sample": number,
        "lot_number": lot,
        "step": "dried",
        "vials": vials,
        "purpose": "reserve",
        "taken_at": "2026-03-01T10:00:00Z",
    }


def rejected(
    critical: str = "1", major: str = "2", minor: str = "1"
) -> tuple[str, Mapping[str, str]]:
    """An inspection of a dried lot."""
    return "inspection", {
        "manufacturer": "M1",
        "inspection": "I1",
        "lot_number": "L",
        "step": "dried",
        "inspected_at": "2026-03-01T10:00:00Z",
        "vials_inspected": "100",
        "rejects_critical": critical,
        "rejects_major": major,
        "rejects_minor": minor,
    }


def pack(serial: str, vials: str = "1", lot: str = "L") -> tuple[str, Mapping[str, str]]:
    """A pack of a packed lot."""
    return "pack", {
        "gtin": GTIN,
        "serial": serial,
        "manufacturer": "M1",
        "lot_number": lot,
        "step": "packed",
        "vials": vials,
    }


def lot(amount: str, unit: str, step: str = "packed") -> tuple[str, Mapping[str, str]]:
    """The record of a lot."""
    return "lot", {
        "manufacturer": "M1",
        "lot_number": "L",
        "step": step,
        "product": "IG",
        "made_at": "2026-03-01T10:00:00Z",
        "amount": amount,
        "amount_unit": unit,
    }


RENAMED = (
    "relabelling",
    {
        "gtin": GTIN,
        "serial": "A",
        "new_gtin": GTIN,
        "new_serial": "B",
        "party": "M1",
        "relabelled_at": "2026-04-01T10:00:00Z",
    },
)
# Rows, the step, and what is unexplained, came in and went on of lot L at that step.
CASES: dict[str, tuple[Rows, str, str, str, str]] = {
    "all loaded": ((filled(), loaded()), "filled", "0", "100", "100"),
    "filled twice": ((filled(), filled("20", "F2"), loaded()), "filled", "20", "120", "100"),
    "more loaded than filled": ((filled("90"), loaded()), "filled", "-10", "90", "100"),
    "two versions": ((filled(), filled("98"), loaded("95")), "filled", "3 to 5", "98 to 100", "95"),
    "explained": ((loaded(), packed(), sample(), rejected()), "dried", "0", "100", "100"),
    "a sample perhaps of another": (
        (loaded(), packed(), sample(), sample(lot="K")),
        "dried",
        "4 to 10",
        "100",
        "90 to 96",
    ),
    "rejects of one kind": ((loaded(), rejected("", "2", "")), "dried", "98", "100", "2"),
    "rejects that are not told": ((loaded(), rejected("", "", "")), "dried", "", "100", ""),
    "an amount in packs": ((loaded(), packed("9", unit="packs")), "dried", "", "100", ""),
    "packs lack": ((packed("3"), pack("A"), pack("B")), "packed", "1", "3", "2"),
    "by its record, in packs": (
        (lot("2", "packs"), pack("A", "10"), pack("B", "12")),
        "packed",
        "-2 to 2",
        "20 to 24",
        "22",
    ),
    "by its record, in vials": ((lot("5", "vials"), pack("A")), "packed", "4", "5", "1"),
    "by no number": ((lot("5", "kg"), pack("A")), "packed", "", "", "1"),
    "under another name": ((packed("2"), pack("A"), pack("B"), RENAMED), "packed", "1", "2", "1"),
    "of another lot perhaps": (
        (packed("2"), pack("A"), pack("A", lot="K")),
        "packed",
        "1 to 2",
        "2",
        "0 to 1",
    ),
}


def told(settings: Settings, folder: Path, rows: Rows) -> None:
    """Receive rows, those of a record in one file."""
    for record in dict.fromkeys(name for name, _ in rows):
        whole = [full(record, **row) for name, row in rows if name == record]
        (done,) = take(settings, write(folder, f"{record}-1.csv", table({}, whole)))
        assert done.counts["accepted"] == len(whole), done


@pytest.mark.parametrize("name", CASES)
def test_the_account_of_a_lot(name: str, fresh: Callable[[], Settings], tmp_path: Path) -> None:
    settings = fresh()
    rows, step, unexplained, came_in, went_on = CASES[name]
    told(settings, tmp_path, rows)
    lines = [line for line in balance_of(settings, "M1/L").rows if line.lot.step == step]
    assert (lines[0].part, str(lines[0].vials or "")) == ("unexplained", unexplained)
    listed = {one.lot: one for one in balance(settings).rows}
    one = listed.get(LotName("M1", "L", step))
    if unexplained == "0":
        assert one is None, "every vial is explained"
    else:
        assert one
        assert [str(f or "") for f in (one.unexplained, one.came_in, one.went_on)] == [
            unexplained,
            came_in,
            went_on,
        ]


def test_the_accounts_go_up_to_the_filling_and_down_to_where_packs_are(
    lots_settings: Settings, tmp_path: Path
) -> None:
    rows = (filled(), loaded(), packed("98"), sample("2"), *(pack(f"P{n}") for n in range(98)))
    told(lots_settings, tmp_path, rows)
    found = balance_of(lots_settings, "M1/L").rows
    assert [(line.lot.step, line.part, line.vials, line.rows) for line in found] == [
        ("filled", "unexplained", Between(0, 0), 0),
        ("filled", "came in: filled F1", Between(100, 100), 1),
        ("filled", "went on: loaded C1", Between(100, 100), 1),
        ("dried", "unexplained", Between(0, 0), 0),
        ("dried", "came in: out of the dryer C1", Between(100, 100), 1),
        ("dried", "went on: into packed L", Between(98, 98), 1),
        ("dried", "went on: sample reserve", Between(2, 2), 1),
        ("packed", "unexplained", Between(0, 0), 0),
        ("packed", "came in: from dried L", Between(98, 98), 1),
        ("packed", "went on: packs", Between(98, 98), 98),
        ("packed", "packs, never shipped: M1", Between(98, 98), 98),
    ]
    assert balance(lots_settings).rows == ()


def test_rows_that_do_not_say_how_many_are_counted(lots_settings: Settings, tmp_path: Path) -> None:
    told(lots_settings, tmp_path, (loaded(), packed("9", unit="packs"), packed("3", into="K")))
    found = [line for line in balance_of(lots_settings, "M1/L").rows if line.lot.step == "dried"]
    assert [(line.part, line.vials, line.unsaid) for line in found] == [
        ("unexplained", None, 1),
        ("came in: out of the dryer C1", Between(100, 100), 0),
        ("went on: into packed K", Between(3, 3), 0),
        ("went on: into packed L (1 of 1 do not say how many)", None, 1),
    ]


def test_what_has_no_vials_has_no_account(lots_settings: Settings, tmp_path: Path) -> None:
    told(lots_settings, tmp_path, (lot("5", "kg", "bulk"),))
    with pytest.raises(CallError, match="expected one that has vials"):
        balance_of(lots_settings, "M1/L")
    with pytest.raises(NotFound):
        balance_of(lots_settings, "NOBODY")
