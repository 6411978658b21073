"""A name is read in every way that it can be, and nothing received is denied. On a real PostgreSQL."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lots.errors import CallError, LotsError
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.trace import trace
from lots.settings import Settings
from tests.builders import NOW, table, take, write

GTIN = "09506000134352"
LOT = {
    "manufacturer": "PLANT-01",
    "lot_number": "A12/3",
    "step": "packed",
    "product": "IG",
    "gtin": GTIN,
    "made_at": "2026-04-10T08:00Z",
}
PACK = {
    "gtin": GTIN,
    "serial": "S1",
    "manufacturer": "PLANT-01",
    "lot_number": "A12/3",
    "step": "packed",
    "vials": "1",
}
GIVEN = {
    "site": "W1",
    "administration": "A1",
    "item": "1",
    "gtin": GTIN,
    "serial": "S1",
    "vials": "1",
}
Ask = Callable[[Settings, str], set[tuple[str, str]]]


def traced(settings: Settings, name: str) -> set[tuple[str, str]]:
    """The lots that `trace lot` starts from."""
    answer = trace(settings, "lot", name, through=NOW)
    return {(name.maker, name.number) for name in answer.start}


def implicated(settings: Settings, name: str) -> set[tuple[str, str]]:
    """The lots that `implicate --lot` starts from."""
    answer = implicate(settings, [Subject("lot", name)], through=NOW)
    return {(name.maker, name.number) for name in answer.start}


WAYS = pytest.mark.parametrize("ask", [traced, implicated])


@WAYS
def test_a_number_with_a_slash_is_found(lots_settings: Settings, tmp_path: Path, ask: Ask) -> None:
    take(
        lots_settings,
        write(tmp_path, "lot-1.csv", table(LOT, [{}])),
        write(tmp_path, "pack-1.csv", table(PACK, [{}])),
        write(
            tmp_path,
            "administration_vial-1.csv",
            table(GIVEN, [{}, {"item": "2", "serial": "S9", "lot_number": "B7/1"}]),
        ),
    )
    for name in (
        "A12/3",
        "PLANT-01/A12/3",
        "PLANT-01/A12/3/packed",
        "A12/3/PACKED",
        '["PLANT-01", "A12/3"]',
    ):
        assert ask(lots_settings, name) == {("PLANT-01", "A12/3")}, name
    assert ask(lots_settings, "B7/1") == set(), "a ward's row names it: it is not denied"
    other = implicate(lots_settings, [Subject("lot", "PLANT-02/A12/3")], through=NOW)
    assert (
        other.certificate.reasons[1].sentence
        == 'Of such a number are known: ["PLANT-01", "A12/3", "packed"].'
    )
    for name in ("A12/4", "a12/3", "PLANT-02/A12-3", "A123"):
        with pytest.raises(LotsError, match=r"was ever received; near it are .*A12/3") as told:
            ask(lots_settings, name)
        assert told.value.code == 2


@WAYS
def test_a_name_that_several_lots_have_is_asked_back(
    lots_settings: Settings, tmp_path: Path, ask: Ask
) -> None:
    lots = [
        {},
        {"manufacturer": "A12", "lot_number": "3"},
        {"lot_number": "L7"},
        {"lot_number": "L7", "step": "dried"},
        {"manufacturer": "PLANT-02", "lot_number": "L7"},
    ]
    take(lots_settings, write(tmp_path, "lot-1.csv", table(LOT, lots)))
    for name, several in (
        ("A12/3", '["A12", "3", "packed"]; ["PLANT-01", "A12/3", "packed"]'),
        (
            "L7",
            (
                '["PLANT-01", "L7", "dried"]; ["PLANT-01", "L7", "packed"]; '
                '["PLANT-02", "L7", "packed"]'
            ),
        ),
    ):
        with pytest.raises(CallError) as told:
            ask(lots_settings, name)
        assert (
            str(told.value)
            == f"The lot '{name}' can be one of several: {several}. Expected one of them, written"
            " like this."
        )
        for one in several.split("; "):
            maker, number, _ = json.loads(one)
            assert ask(lots_settings, one) == {(maker, number)}
    assert ask(lots_settings, "PLANT-01/L7") == {("PLANT-01", "L7")}, "one lot at two steps is one"
