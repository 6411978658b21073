"""Given vials whose lot's number nobody knows: what they look like is shown, nothing is linked by it, and a
person's word gives the lot its patients.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.pipeline import lists
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.pipeline.meant import mean
from lots.pipeline.near import candidates
from lots.pipeline.resolve import Word
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.answers.lot_facts import facts
from lots.store.answers.near import (
    LOT,
    PACK,
    NearName,
    Numbers,
    Told,
    near_known,
    near_packs,
    told_by,
)
from lots.store.engine import engine
from tests.builders import NOW, rows, table, take, write

GTIN, OTHER = "09506000134352", "09506000134369"
MADE = {"manufacturer": "PLANT-01", "step": "packed", "product": "IG", "gtin": GTIN}
GIVEN = {"site": "CLINIC-01", "status": "given", "started_at": "2026-06-01T09:00:00+02:00"}
VIAL = {"site": "CLINIC-01", "item": "1", "gtin": GTIN, "vials": "1", "given_g": "5"}
# One lot as four wards send it: right, as a spreadsheet rewrites it, with the serial run into it, and
# in small letters.
WRITTEN = ("22E1", "2.20E+02", "22E121S1", "22e1")
ONE, TWO = Word("A. Ahn", "seen on the label"), Word("B. Berg", "seen too")


@pytest.fixture(scope="module")
def site(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Lots and packs of two products, and infusions of one lot, that all tests but one only ask."""
    return filled(shared_settings, tmp_path_factory.mktemp("landing"))


def filled(made: Settings, tmp_path: Path) -> Settings:
    """A site with these files."""
    bring(made, tmp_path, "lot", *(MADE | {"lot_number": n} for n in ("22E1", "22F1", "A123456")))
    bring(made, tmp_path, "lot", MADE | {"lot_number": "71000", "gtin": OTHER})
    pack = {"gtin": GTIN, "manufacturer": "PLANT-01", "lot_number": "22E1", "step": "packed"}
    bring(made, tmp_path, "pack", *(pack | {"serial": s, "vials": "1"} for s in ("S0000145", "B2")))
    infusions = [
        (GIVEN | {"administration": f"A{n}", "patient_key": f"PT{n}"}, f"A{n}", number)
        for n, number in enumerate(WRITTEN, 1)
    ]
    bring(made, tmp_path, "administration", *(infusion for infusion, *_ in infusions))
    lines = [VIAL | {"administration": a, "lot_number": number} for _, a, number in infusions]
    lines.append(VIAL | {"administration": "A9", "lot_number": "71000"})
    bring(made, tmp_path, "administration_vial", *lines)
    return made


def bring(site: Settings, folder: Path, record: str, *told: dict[str, str]) -> None:
    """Receive and link a file of these rows."""
    number = len([*folder.rglob("*.csv")])
    (taken,) = take(
        site,
        write(
            folder,
            f"{record}-{number}.csv",
            table(dict.fromkeys(record_of(record).required, ""), told),
        ),
    )
    assert taken.status == "accepted"


def patients(site: Settings) -> int:
    """To how many patients the lot was given."""
    return implicate(site, [Subject("lot", "22E1")], through=NOW).patients.given


def test_what_the_lines_look_like(site: Settings) -> None:
    found = candidates(site, [(5, line) for line in (3, 4, 5)]).rows
    assert [
        (one.row, one.file, one.told, one.looks_like, one.why, one.reason) for one in found
    ] == [
        (
            "5:3",
            "administration_vial-4.csv:3",
            "2.20E+02",
            "PLANT-01/22E1",
            "as a spreadsheet writes it when it takes it for a number",
            "strong",
        ),
        (
            "5:4",
            "administration_vial-4.csv:4",
            "22E121S1",
            "PLANT-01/22E1",
            "with what a scanner read after it run in",
            "strong",
        ),
        (
            "5:5",
            "administration_vial-4.csv:5",
            "22e1",
            "PLANT-01/22E1",
            "but for capitals or small letters",
            "strong",
        ),
    ]


def test_the_command_shows_them(
    site: Settings, lots: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert lots(site, ["resolve", "parked", "5:3", "5:4", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {row["looks_like"] for row in told["rows"]} == {"PLANT-01/22E1"}
    for row, why in (("5:2", "is not parked"), ("4:2", "expected one of dispensing")):
        assert lots(site, ["resolve", "parked", row]) == 2
        assert why in capsys.readouterr().err


def test_nothing_is_linked_until_a_person_says_so(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    site = filled(fresh(), tmp_path)
    assert patients(site) == 1
    three = [(5, line) for line in (3, 4, 5)]
    assert [one.state for one in mean(site, three, "22E1", ONE, now=NOW).rows] == ["said"] * 3
    assert patients(site) == 4
    parked = "SELECT count(*) FROM lineage.parked WHERE link = 'lot'"
    assert rows(site, parked) == [(4,)]
    assert [one.state for one in mean(site, three, "22E1", TWO, now=NOW).rows] == ["confirmed"] * 3
    assert (patients(site), rows(site, parked)) == (4, [(1,)])
    assert not rebuild(site, now=NOW).changed


def near(site: Settings, *told: Told, of: str = "22E1") -> tuple[NearName, ...]:
    """Which of the names are near to a lot or its packs, for a strong reason."""
    with engine("lots_reader", site).connect() as connection:
        (node,) = connection.execute(
            sa.text("SELECT node FROM lineage.node WHERE number = :of"), {"of": of}
        ).scalars()
        packs = near_packs(connection, told).values()
        of_it = (one for names in packs for one in names if one.node == node)
        return (*Numbers(facts(connection, [node])).near(told), *of_it)


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (Told(LOT, "2.20E+02"), "22E1"),
        (Told(LOT, "22E121S1"), "22E1"),
        (Told(LOT, "22e1"), "22E1"),
        (Told(LOT, "22F1"), None),  # another lot
        (Told(LOT, "22E2"), None),  # the next of the series
        (Told(PACK, "s0000145"), "S0000145"),
        (Told(PACK, "SOOOO145"), "S0000145"),
        (Told(PACK, "S00001451022E1"), "S0000145"),
        (Told(PACK, "S0000146"), None),
        (Told(LOT, "s-0000145"), "S0000145"),  # a serial where the lot should stand
        (Told(LOT, "b2"), None),  # too short to be one
        (Told(PACK, "b2"), "B2"),
    ],
)
def test_which_names_are_near_to_a_lot_that_is_asked_about(
    site: Settings, told: Told, known: str | None
) -> None:
    assert {one.known for one in near(site, told)} - {"22E1"} == {known} - {None, "22E1"}
    assert (known == "22E1") <= bool(near(site, told))


def test_many_names_are_looked_up_at_once(site: Settings) -> None:
    told = [Told(LOT, name) for name in WRITTEN] + [Told(PACK, f"X{n}") for n in range(500)]
    assert {one.told.name for one in near(site, *told)} == {*WRITTEN}


def test_the_next_of_a_series_is_shown_and_no_more(site: Settings) -> None:
    told = Told(LOT, "A123457")
    assert near(site, told, of="A123456") == ()
    with engine("lots_reader", site).connect() as connection:
        ((_, found),) = near_known(connection, [told]).items()
    assert [(n.known, n.alike.words, n.alike.strong) for n in found] == [
        ("A123456", "with one other character", False)
    ]


def test_the_same_number_under_another_gtin(site: Settings, tmp_path: Path) -> None:
    bring(
        site,
        tmp_path,
        "administration_vial",
        VIAL | {"administration": "A9", "lot_number": "71000"},
    )
    (found,) = candidates(site, [(6, 2)]).rows
    assert (found.looks_like, found.why) == (
        "PLANT-01/71000",
        "the same number under another GTIN",
    )


@pytest.mark.parametrize(
    ("target", "names", "told"),
    [
        ("lot", [GTIN, "22e1"], Told(LOT, "22e1")),
        ("lot", [None, "22e1"], Told(LOT, "22e1")),
        ("pool", ["PLANT-01", "P1"], Told(LOT, "P1")),
        ("pack", [GTIN, "S1"], Told(PACK, "S1")),
        ("pack", [], None),
        ("donor", ["DK1"], None),
        ("administration", ["CLINIC-01", "A1"], None),
    ],
)
def test_which_names_of_parked_links_are_compared(
    target: str, names: list[str | None], told: Told | None
) -> None:
    assert told_by(target, names) == told


def test_the_list_of_what_is_parked_begins_with_what_looks_like_something_known(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    site = filled(fresh(), tmp_path)
    far = VIAL | {"administration": "A8", "lot_number": "Q99Z88"}
    slipped = VIAL | {"administration": "A7", "lot_number": "A123457"}
    bring(site, tmp_path, "lot", *(MADE | {"lot_number": n} for n in ("B7777771", "B7777772")))
    named = {"serial": "S0000145", "lot_number": "B7777771"}
    no_gtin = VIAL | {"administration": "A6", "gtin": ""} | named
    bring(site, tmp_path, "administration_vial", no_gtin, slipped, far)
    found = [p for p in lists.waiting(site, "parked").rows if p.link in ("lot", "pack")]
    told = [(p.named[1], p.looks_like) for p in found]
    assert dict(told) == {
        "S0000145": (f"{GTIN}/S0000145, the same serial where no GTIN is told",),
        "2.20E+02": ("PLANT-01/22E1 as a spreadsheet writes it when it takes it for a number",),
        "22E121S1": ("PLANT-01/22E1 with what a scanner read after it run in",),
        "22e1": ("PLANT-01/22E1 but for capitals or small letters",),
        "71000": ("PLANT-01/71000, the same number under another GTIN",),
        "A123457": ("PLANT-01/A123456 with one other character",),
        "Q99Z88": (),
    }
    # First what keeps what the name says, then slips, then all that looks like nothing.
    assert [name for name, _ in told][-2:] == ["A123457", "Q99Z88"]
    by_name = {p.named[1]: p.row for p in found}
    receipt, _, line = by_name["22e1"].partition(":")
    (near, *_) = candidates(site, [(int(receipt), int(line))]).rows
    assert (near.row, near.looks_like) == (by_name["22e1"], "PLANT-01/22E1")
    # A lot that is known looks like no other, whatever its line is parked for.
    receipt, _, line = by_name["S0000145"].partition(":")
    (near,) = candidates(site, [(int(receipt), int(line))]).rows
    assert near.told == "S0000145"


def test_a_list_of_too_many_names_compares_lots_first_and_says_how_many_it_did_not(
    site: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lots.pipeline.missing.COMPARED", 2)
    found = lists.waiting(site, "parked")
    assert sum(bool(p.looks_like) for p in found.rows) == 2
    assert re.search(r"\(\d+ names were not compared", found.title)
