"""Seeded faults: nothing that can be broken stays whole. That what was not seeded breaks nothing, tests/acceptance
shows of whole plants.
"""

import json
from pathlib import Path

import pytest

import synthetic as plant
from lots.records import records
from synthetic.cases import breaches, faults
from synthetic.cases.breaches import FOLLOWS, INSTEAD, UNKNOWN, VIALS
from synthetic.cases.forms import FORMS, specimen
from synthetic.cases.seeded import Damage, Seeded, damaged, line_of
from synthetic.world.plan import plan

SEVERAL = 3_000
RULES = [(record, rule) for record in records().values() for rule in record.rules]
NAMES = [f"{record.name} {rule.id}" for record, rule in RULES]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plant's folder."""
    folder = tmp_path_factory.mktemp("plant")
    plant.write(SEVERAL, 5, folder)
    return folder


def told(folder: Path, name: str) -> list[dict[str, object]]:
    """One file of the truth."""
    return [
        json.loads(line) for line in (folder / "truth" / f"{name}.jsonl").read_text().splitlines()
    ]


# --- every rule, every link -----------------------------------------------------------------------


def test_there_is_a_way_to_break_every_rule() -> None:
    unbroken = [
        name
        for name, (record, rule) in zip(NAMES, RULES, strict=True)
        if not all(breaches.changes(record, rule, number) for number in range(4))
    ]
    assert unbroken == []


def test_the_tables_of_breaches_name_rules_and_links_that_there_are() -> None:
    rules = {rule.id for _, rule in RULES}
    links = {f"{record.name}/{link.name}" for record in records().values() for link in record.links}
    assert set(INSTEAD) <= rules
    assert set(UNKNOWN) <= links
    assert set(FOLLOWS) <= rules | links


def test_every_rule_that_opens_a_finding_is_broken(written: Path) -> None:
    found = {line["rule"] for line in told(written, "findings")}
    assert found == {rule.id for record, rule in RULES if not breaches.refuses(record, rule)}


def test_even_the_smallest_plant_breaks_every_rule(tmp_path: Path) -> None:
    plant.write(200, 1, tmp_path)
    found = {line["rule"] for line in told(tmp_path, "findings")}
    assert found == {rule.id for record, rule in RULES if not breaches.refuses(record, rule)}


def test_every_link_lacks_its_target_somewhere(written: Path) -> None:
    parked = {(line["record"], line["link"]) for line in told(written, "parked")}
    links = {(record.name, link.name) for record in records().values() for link in record.waiting}
    by_vial = {(record, link) for record in VIALS for link in ("pack", "lot", "vial")}
    assert parked == links | by_vial


def test_every_record_is_refused_somewhere(written: Path) -> None:
    refused = {str(line["file"]).split("/")[1].split("-")[0] for line in told(written, "refused")}
    assert refused == set(records())


@pytest.mark.parametrize(
    "text", ["1e400", "6,4", "2025-02-31", "31/02/2026", "2025-03-01T10:00:00", "Müller-7"]
)
def test_unreadable_values_stand_in_the_files(written: Path, text: str) -> None:
    assert any(
        text in path.read_text(errors="replace") for path in (written / "landing").rglob("*.csv")
    )


def test_the_more_donations_the_more_faults() -> None:
    assert [faults.rounds(n) for n in (600, 20_000, 200_000, 2_000_000)] == [1, 3, 9, 30]


# --- specimens ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_a_specimen_has_columns_of_its_record(name: str) -> None:
    one = specimen(plan(SEVERAL, 1), name, 7)
    assert set(one.values) <= {column.name for column in records()[name].columns}
    assert set(records()[name].required) <= set(one.values)


@pytest.mark.parametrize("name", FORMS)
def test_no_two_specimens_share_a_key(name: str) -> None:
    made = [specimen(plan(SEVERAL, 1), name, number).values for number in range(200)]
    assert len({tuple(row[key] for key in records()[name].key) for row in made}) == len(made)


def test_specimens_but_for_transmittals_are_of_every_record() -> None:
    assert set(FORMS) == set(records()) - {"transmittal"}


# --- damage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (Damage.NONE, b"a,b,c\n"),
        (Damage.UNCLOSED, b'"a,b,c\n'),
        (Damage.SHORT, b"b,c\n"),
        (Damage.LONG, b"a,,b,c\n"),
        (Damage.LATIN, b"a\xfc,b,c\n"),
        (Damage.NUL, b"a\0,b,c\n"),
    ],
)
def test_damage_to_a_line(damage: Damage, line: bytes) -> None:
    assert damaged(b"a,b,c\n", damage) == line


def test_the_header_again() -> None:
    assert line_of(Seeded("party", {"x": "1"}, Damage.HEADER), ["x", "y"]) == b"x,y\n"


def test_a_value_that_is_not_told_is_empty() -> None:
    assert line_of(Seeded("party", {"y": "6,4"}), ["x", "y"]) == b',"6,4"\n'
