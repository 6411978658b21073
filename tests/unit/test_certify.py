"""What a certificate says of a sender, and how things are named in a question."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lots.answers import Heard
from lots.errors import CallError
from lots.identifiers.skeleton import skeleton
from lots.pipeline.hearing import Scope, Sent, unheard
from lots.pipeline.lists import rule_id
from lots.pipeline.naming import readings
from lots.pipeline.pack import pack_name
from lots.pipeline.period import Period, checked
from lots.questions import questions
from lots.rules import rule
from lots.store.answers.naming import distance

BEGAN, THROUGH = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 22, 12, tzinfo=UTC)
WHOLE = Heard("C1", 7, 0, None, BEGAN, THROUGH, 12, (), ())
SCOPE = Scope(frozenset({"donation"}), frozenset({"donation"}), frozenset())
SENT = Sent(frozenset({"donation", "party"}), {"p.csv": frozenset({"party"})}, ())


@pytest.mark.parametrize(
    ("heard", "reasons"),
    [
        (WHOLE, []),
        (
            Heard("C1", None, 0, None, None, None, 0, (), ()),
            ["it has numbered no sending: nobody can tell whether all has arrived"],
        ),
        (
            replace(WHOLE, missing_sequences=2, first_missing=3),
            ["2 of its 7 sendings have not arrived, the first of them number 3"],
        ),
        (
            replace(WHOLE, missing_sequences=1, first_missing=3),
            ["number 3 of its 7 sendings has not arrived"],
        ),
        (
            replace(WHOLE, heard_to=datetime(2026, 11, 22, 11, 59, tzinfo=UTC)),
            ["it has been heard until 2026-11-22 11:59 UTC only"],
        ),
        (
            replace(WHOLE, not_arrived=("a.csv",)),
            ["a.csv was announced and has not been accepted"],
        ),
        (
            replace(WHOLE, not_arrived=tuple("abcde")),
            [
                *(f"{name} was announced and has not been accepted" for name in "abc"),
                "2 more like it",
            ],
        ),
        (replace(WHOLE, counts_differ=("a.csv",)), ["a.csv has not as many rows as announced"]),
        # A file of records that make no link of the path cannot matter.
        (replace(WHOLE, not_arrived=("p.csv",), counts_differ=("p.csv",)), []),
    ],
)
def test_why_a_sender_has_not_been_heard_whole(heard: Heard, reasons: list[str]) -> None:
    assert unheard(heard, SENT, SCOPE, THROUGH) == reasons


def test_a_file_that_could_not_be_read_may_be_of_any_record() -> None:
    refused = Sent(SENT.records, {}, (("x.bin", "", "refused"), ("q.csv", "party", "refused")))
    assert unheard(WHOLE, refused, SCOPE, THROUGH) == ["x.bin was refused whole"]


def test_reasons_add_up() -> None:
    worst = Heard("C1", 7, 1, 5, BEGAN, datetime(2026, 1, 1, tzinfo=UTC), 2, ("a.csv",), ("b.csv",))
    assert len(unheard(worst, SENT, SCOPE, THROUGH)) == 4


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
