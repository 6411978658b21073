"""What a certificate says of a sender, and how things are named in a question."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lots.answers import Heard
from lots.errors import CallError
from lots.pipeline.certify import unheard
from lots.pipeline.trace import lot_name, pack_name

THROUGH = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHOLE = Heard("C1", 7, 0, THROUGH, 12, (), ())


def test_a_sender_heard_whole_gives_no_reason() -> None:
    assert unheard(WHOLE, THROUGH) == []


def test_a_sender_that_numbers_nothing_cannot_be_known_to_be_whole() -> None:
    silent = Heard("C1", None, 0, None, 0, (), ())
    assert unheard(silent, THROUGH) == [
        "C1 has numbered no sending: nobody can tell whether all its files have arrived."]


def test_a_missing_sending_is_a_reason() -> None:
    assert unheard(replace(WHOLE, missing_sequences=2), THROUGH) == ["C1: 2 of its 7 sendings have not arrived."]


def test_a_sender_heard_for_less_time_is_a_reason() -> None:
    before = replace(WHOLE, heard_to=datetime(2026, 11, 22, 11, 59, tzinfo=UTC))
    assert unheard(before, THROUGH) == ["C1 has been heard until 2026-11-22 11:59 UTC only."]


def test_announced_files_are_named_and_the_many_counted() -> None:
    assert unheard(replace(WHOLE, not_arrived=("a.csv",)), THROUGH) == [
        "C1: a.csv was announced and has not been accepted."]
    many = replace(WHOLE, not_arrived=tuple("abcde"))
    assert unheard(many, THROUGH) == [
        *(f"C1: {name} was announced and has not been accepted." for name in "abc"),
        "C1: 2 more announced files have not been accepted."]


def test_a_file_of_another_length_is_a_reason() -> None:
    assert unheard(replace(WHOLE, counts_differ=("a.csv",)), THROUGH) == [
        "C1: a.csv has not as many rows as announced."]


def test_reasons_add_up() -> None:
    worst = Heard("C1", 7, 1, datetime(2026, 1, 1, tzinfo=UTC), 2, ("a.csv",), ("b.csv",))
    assert len(unheard(worst, THROUGH)) == 4


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "read"), [
    ("L1", ("", "L1", "")), ("M1/L1", ("M1", "L1", "")), ("M1/L1/packed", ("M1", "L1", "packed")),
    ("/L1", ("", "L1", "")), ("M1/L1/", ("M1", "L1", ""))])
def test_a_lot_is_named_by_number_maker_and_step(name: str, read: tuple[str, str, str]) -> None:
    assert lot_name(name) == read


@pytest.mark.parametrize("name", ["", "M1/L1/packed/x"])
def test_what_names_no_lot_is_told(name: str) -> None:
    with pytest.raises(CallError) as told:
        lot_name(name)
    assert str(told.value) == f"'{name}' does not name a lot; expected NUMBER, MAKER/NUMBER or MAKER/NUMBER/STEP."


@pytest.mark.parametrize(("name", "read"), [
    ("00614141123452/S1", ("00614141123452", "S1")), ("00614141123452/S/1", ("00614141123452", "S/1"))])
def test_a_pack_is_named_by_gtin_and_serial(name: str, read: tuple[str, str]) -> None:
    assert pack_name(name) == read


@pytest.mark.parametrize("name", ["", "00614141123452", "00614141123452/", "/S1"])
def test_what_names_no_pack_is_told(name: str) -> None:
    with pytest.raises(CallError) as told:
        pack_name(name)
    assert str(told.value) == f"'{name}' does not name a pack; expected GTIN/SERIAL."
