"""The schema that follows from an answer's type, and what it takes of what that type writes."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lots.answers import Between, Listed, LotName
from lots.answers.lists import ParkedLinks
from lots.answers.plain import plain
from lots.papers.schemas import page
from tests.answers import validator

LOT = LotName("M1", "A/1", "packed")
PARKED = Listed("Parked", ParkedLinks, (ParkedLinks("pack", "lot", "lot", 1_200),), "None.")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
# a kind, a value of it, what is written of it, and what a schema must not take for it
TABLE: tuple[tuple[Any, object, object, object], ...] = (
    (int, 1_200, 1_200, "1,200"),
    (str, "D1", "D1", 7),
    (int | None, None, None, ""),
    (date, date(2026, 3, 1), "2026-03-01", "1 March"),
    (datetime, NOON, "2026-11-22T12:00:00Z", "2026-11-22 12:00"),
    (LotName, LOT, ["M1", "A/1", "packed"], ["M1", "A/1"]),
    (tuple[tuple[str, int], ...], (("units", 2),), [["units", 2]], [["units"]]),
    (Between, Between(1, 2), {"least": 1, "most": 2}, {"least": 1}),
    (dict[str, int], {"rows": 2}, {"rows": 2}, {"rows": "2"}),
    (
        Listed[ParkedLinks],
        PARKED,
        {
            "title": "Parked",
            "rows": [{"record": "pack", "link": "lot", "target": "lot", "rows": 1_200}],
            "more": 0,
        },
        {"title": "Parked", "rows": [["pack", "lot", "lot", "1,200"]]},
    ),
)


@pytest.mark.parametrize(("kind", "value", "written", "wrong"), TABLE, ids=lambda v: str(v)[:40])
def test_an_answer_is_written_as_what_it_is_and_its_schema_takes_nothing_else(
    kind: Any, value: object, written: object, wrong: object
) -> None:
    takes = validator(json.loads(page("", kind)))
    assert plain(value) == written
    assert takes.is_valid(written)
    assert not takes.is_valid(wrong)


def test_what_no_answer_holds_is_not_written() -> None:
    @dataclass(frozen=True)
    class Odd:
        part: float

    with pytest.raises(TypeError, match="expected a value of JSON, got float"):
        plain(Odd(0.5))
    with pytest.raises(TypeError, match="expected a kind that JSON has"):
        page("", Odd)
