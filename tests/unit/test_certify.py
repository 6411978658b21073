"""What a certificate says of a sender, and how things are named in a question."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lots.answers import Heard
from lots.errors import CallError
from lots.identifiers.skeleton import skeleton
from lots.pipeline.certify import unheard
from lots.pipeline.lists import rule_id
from lots.pipeline.naming import readings
from lots.pipeline.pack import pack_name
from lots.pipeline.period import Period, checked
from lots.questions import questions
from lots.rules import rule
from lots.store.answers.naming import distance

THROUGH = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHOLE = Heard("C1", 7, 0, THROUGH, 12, (), ())


def test_a_sender_heard_whole_gives_no_reason() -> None:
    assert unheard(WHOLE, THROUGH) == []


def test_a_sender_that_numbers_nothing_cannot_be_known_to_be_whole() -> None:
    silent = Heard("C1", None, 0, None, 0, (), ())
    assert unheard(silent, THROUGH) == [
        "C1 has numbered no sending: nobody can tell whether all its files have arrived."
    ]


def test_a_missing_sending_is_a_reason() -> None:
    assert unheard(replace(WHOLE, missing_sequences=2), THROUGH) == [
        "C1: 2 of its 7 sendings have not arrived."
    ]


def test_a_sender_heard_for_less_time_is_a_reason() -> None:
    before = replace(WHOLE, heard_to=datetime(2026, 11, 22, 11, 59, tzinfo=UTC))
    assert unheard(before, THROUGH) == ["C1 has been heard until 2026-11-22 11:59 UTC only."]


def test_announced_files_are_named_and_the_many_counted() -> None:
    assert unheard(replace(WHOLE, not_arrived=("a.csv",)), THROUGH) == [
        "C1: a.csv was announced and has not been accepted."
    ]
    many = replace(WHOLE, not_arrived=tuple("abcde"))
    assert unheard(many, THROUGH) == [
        *(f"C1: {name} was announced and has not been accepted." for name in "abc"),
        "C1: 2 more announced files have not been accepted.",
    ]


def test_a_file_of_another_length_is_a_reason() -> None:
    assert unheard(replace(WHOLE, counts_differ=("a.csv",)), THROUGH) == [
        "C1: a.csv has not as many rows as announced."
    ]


def test_reasons_add_up() -> None:
    worst = Heard("C1", 7, 1, datetime(2026, 1, 1, tzinfo=UTC), 2, ("a.csv",), ("b.csv",))
    assert len(unheard(worst, THROUGH)) == 4


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("L1", {("", "L1", "")}),
        ("M1/L1", {("", "M1/L1", ""), ("M1", "L1", "")}),
        (
            "M1/L1/packed",
            {
                ("", "M1/L1/packed", ""),
                ("M1", "L1/packed", ""),
                ("M1", "L1", "packed"),
                ("M1/L1", "packed", ""),
                ("", "M1/L1", "packed"),
            },
        ),
        ("A12/3", {("", "A12/3", ""), ("A12", "3", "")}),
        ("M1/A12/3", {("", "M1/A12/3", ""), ("M1", "A12/3", ""), ("M1/A12", "3", "")}),
        ("L1/Packed", {("", "L1/Packed", ""), ("L1", "Packed", ""), ("", "L1", "packed")}),
        ("/L1", {("", "/L1", ""), ("", "L1", "")}),
        ("M1/L1/", {("", "M1/L1/", ""), ("M1", "L1/", "")}),
        ('["M1", "A12/3"]', {("M1", "A12/3", "")}),
        ('["M/1", "A12/3", "Packed"]', {("M/1", "A12/3", "packed")}),
    ],
)
def test_a_lot_s_name_is_read_in_every_way_that_it_can_be(
    name: str, read: set[tuple[str, str, str]]
) -> None:
    assert {(r.maker, r.number, r.step) for r in readings(name)} == read


@pytest.mark.parametrize(
    "name", ["", "[", '["M1"]', '["M1", ""]', '["M1", 2]', '["M1", "L1", "packed", "x"]']
)
def test_what_names_no_lot_is_told(name: str) -> None:
    with pytest.raises(CallError) as told:
        readings(name)
    assert str(told.value) == (
        f"'{name}' does not name a lot; expected NUMBER, MAKER/NUMBER[/STEP] or "
        """'["MAKER", "NUMBER", "STEP"]'."""
    )


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("K17", "K17", 0),
        ("K17", "K71", 1),
        ("K17", "K1", 1),
        ("K17", "K177", 1),
        ("K17", "X17", 1),
        ("K17", "71K", 2),
        ("", "K", 1),
        ("", "", 0),
    ],
)
def test_names_are_as_far_apart_as_characters_differ(one: str, other: str, far: int) -> None:
    assert distance(one, other) == distance(other, one) == far


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("k-17", "K17"),
        ("KO7", "K07"),
        ("LI1", "111"),
        ("A12/3", "A123"),
        ("S5", "5S"),
        ("B8Z2", "8B2Z"),
    ],
)
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("d07", "D07"),
        ("D07", "D07"),
        ("l02.GAP", "L02.gap"),
        ("CONTESTED", "contested"),
        ("r01.gtin", "R01.gtin"),
    ],
)
def test_a_rule_is_known_in_whatever_case(name: str, known: str) -> None:
    assert rule_id(name) == known


def test_what_is_no_rule_is_told_with_those_that_are_near() -> None:
    with pytest.raises(CallError, match=r"'L02' is not a rule; near it are .*L02\.gap"):
        rule_id("L02")
    with pytest.raises(CallError, match="'x' is not a rule; "):
        rule_id("x")
    assert rule("d02.INTERVAL").id == "D02.interval"


# --- periods --------------------------------------------------------------------------------------


def test_a_period_is_said_and_ends_after_it_begins() -> None:
    day, at = date(2026, 3, 1), datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert str(Period(day, at)) == "from 2026-03-01 to 2026-03-01 12:00:00+00:00"
    assert checked(Period(day, day), {"kit_lot", "pool"}) == Period(day, day)
    with pytest.raises(CallError, match="ends before it begins"):
        checked(Period(day, date(2026, 2, 1)), {"kit_lot"})
    with pytest.raises(CallError, match="ends before it begins"):
        checked(Period(day, date(2026, 2, 28)), {"kit_lot"})


@pytest.mark.parametrize("kind", sorted(q.name for q in questions().values() if not q.period))
def test_what_has_no_period_is_not_asked_with_one(kind: str) -> None:
    with pytest.raises(
        CallError, match=f"A {kind} is asked about whole; expected --from and --to only with one of"
    ):
        checked(Period(date(2026, 3, 1)), {kind})
    assert not checked(Period(), {kind})


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("00614141123452/S1", ("00614141123452", "S1")),
        ("00614141123452/S/1", ("00614141123452", "S/1")),
    ],
)
def test_a_pack_is_named_by_gtin_and_serial(name: str, read: tuple[str, str]) -> None:
    assert pack_name(name) == read


@pytest.mark.parametrize("name", ["", "00614141123452", "00614141123452/", "/S1"])
def test_what_names_no_pack_is_told(name: str) -> None:
    with pytest.raises(CallError) as told:
        pack_name(name)
    assert str(told.value) == f"'{name}' does not name a pack; expected GTIN/SERIAL."
