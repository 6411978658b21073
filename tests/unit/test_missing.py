"""What no reading looks like: built in for temperatures of logs, else by the sender's profile."""

import re
from collections.abc import Iterator

import pytest

from lots.formats.missing import check, in_logs, profiled, unknown
from lots.records import record
from lots.settings import ROOT
from tests.walk.logs import no_reading

READING, DONATION = record("lyophilisation_reading"), record("donation")
PROBE, PIRANI = READING.column("product_1_c"), READING.column("pirani_mtorr")
NO_TEMPERATURE = (
    "999",
    "999.0",
    "999.9",
    "999.90",
    "0999.900",
    "-999.9",
    "9999",
    "-9999",
    "9999.0",
    "3276.7",
    "-3276.8",
    "32767",
    "6553.5",
    "850",
    "850.00",
    "1000",
    "-127",
    "-127.0",
    "-200",
    "255.99",
    "300",
    "+999.9",
    "BURNOUT",
    "Burn-Out",
    "burnout",
    "OPEN",
    "Open Circuit",
    "open",
    "Bad",
    "BAD INPUT",
    "bad",
    "NaN",
    "nan",
    "NAN",
    "----",
    "--",
    "-",
    "---.-",
    "****",
    "####",
    "\u2014",
    "N/A",
    "#N/A",
    "n.a.",
    "ERR",
    "Error",
    "Fault",
    "SHORT",
    "OL",
    "+OL",
    "Over",
    "OVR",
    "over-range",
    "Under Range",
    "No Data",
    "null",
    "None",
    "Inf",
    "-Infinity",
    "1.#QNAN",
    "-1.#IND",
    "1.#INF",
    "Disconnected",
    "not connected",
    "?",
)
PAGE = next(
    line
    for line in (ROOT / "docs" / "logs.md").read_text("utf-8").splitlines()
    if "*Built in*" in line
)
NUMBERS = PAGE.partition(" of these, in another unit")[0]
WORDS = PAGE.partition("By word: ")[2].partition("; and what")[0]
TEMPERATURES = (
    "83.0",
    "85",
    "85.0",
    "0",
    "0.0",
    "-35.0",
    "-90",
    "90",
    "121.1",
    "-100",
    "999.8",
    "127",
    "200",
    "-50.5",
    "998",
    "-99.9",
    "851",
    "12345",
    "",
    "broken",
    "opened",
    "-3O.5",
    "1e3",
    "999,9",
    "9 999",
)


@pytest.mark.parametrize("text", NO_TEMPERATURE)
def test_what_is_no_temperature_in_any_log(text: str) -> None:
    assert text in in_logs(PROBE, "°C")


def test_all_that_the_page_names_is_no_temperature() -> None:
    either, *others = NUMBERS.partition(": ")[2].split(";")
    numbers = re.findall("[0-9]+(?:[.][0-9]+)?", either)
    told_there = [
        *numbers,
        *(f"-{number}" for number in numbers),
        *re.findall("-?[0-9]+(?:[.][0-9]+)?", ";".join(others)),
        *spelled(WORDS),
    ]
    assert len(told_there) > 75
    assert [text for text in told_there if text not in in_logs(PROBE, "°C")] == []
    assert [
        text
        for text in told_there
        if no_reading("product_1_c", text, {}, log=True, reading=True) is False
    ] == []


def spelled(words: str) -> Iterator[str]:
    """Each word of a list, and of OPEN (CIRCUIT, LOOP) also what the brackets add."""
    for word, more in re.findall(r"([^,()]+?)(?: \(([^)]*)\))?(?:, |$)", words):
        yield word
        yield from (f"{word} {end}" for end in filter(None, more.split(", ")))


@pytest.mark.parametrize("text", TEMPERATURES)
def test_what_could_be_a_temperature_or_is_not_known_stays(text: str) -> None:
    assert text not in in_logs(PROBE, "°C")


@pytest.mark.parametrize(
    "text", ["999.9", "850", "1000", "-127", "83.0", "9999", "OPEN", "----", "OL"]
)
def test_a_pressure_may_be_what_a_temperature_cannot(text: str) -> None:
    assert text not in in_logs(PIRANI, "mTorr")


def test_what_is_no_number_is_no_pressure_either() -> None:
    assert "NaN" in in_logs(PIRANI, "mTorr")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("300", False),
        ("255.99", False),
        ("-127", False),
        ("327.67", False),
        ("850", True),
        ("999.9", True),
        ("OPEN", True),
    ],
)
@pytest.mark.parametrize("unit", ["K", "°F"])
def test_in_another_unit_only_what_is_impossible_there_too(
    text: str, unit: str, *, missing: bool
) -> None:
    assert (text in in_logs(PROBE, unit)) is missing


@pytest.mark.parametrize(
    ("said", "column", "none", "some"),
    [
        (["83.0"], PROBE, ["83.0", "83", "083.000"], ["83.1", "-83", "8.30"]),
        (["83.0", "WARTEN"], PIRANI, ["warten", "Warten!"], ["83.0"]),
        (["===="], PROBE, ["----"], ["=", "999.9"]),
        ({"temperatures": ["83.0"], "pressures": ["850"]}, PROBE, ["83"], ["850"]),
        ({"temperatures": ["83.0"], "pressures": ["850"]}, PIRANI, ["850.0"], ["83"]),
        ({"product_1_c": ["85"], "product_2_c": ["86"]}, PROBE, ["85"], ["86"]),
        ({}, PROBE, [], ["999.9"]),
        ([], PROBE, [], ["999.9"]),
    ],
)
def test_what_a_profile_says(
    said: object, column: object, none: list[str], some: list[str]
) -> None:
    missing = profiled(said, READING, column, comma=False)  # type: ignore[arg-type]
    assert [text for text in none if text not in missing] == []
    assert [text for text in some if text in missing] == []


def test_a_list_is_of_readings_and_a_table_of_any_column() -> None:
    volume = DONATION.column("plasma_ml")
    assert "690" not in profiled(["690"], DONATION, volume, comma=False)
    assert "690.0" in profiled({"plasma_ml": ["690"]}, DONATION, volume, comma=False)
    assert "690.0" not in profiled({"temperatures": ["690"]}, DONATION, volume, comma=False)


def test_a_number_of_a_profile_may_have_its_sender_s_comma() -> None:
    assert "83.0" in profiled(["83,0"], READING, PROBE, comma=True)
    assert "83.0" not in profiled(["83,0"], READING, PROBE, comma=False)


LIST = 'a list of texts such as ["83.0", "BURNOUT"], or a table of such lists'


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["83.0"], []),
        ({"product_1_c": ["83.0"]}, []),
        ({"temperatures": []}, []),
        ([83.0], [LIST]),
        ("83.0", [LIST]),
        ([""], [LIST]),
        ({"product_1_c": "83.0"}, [LIST]),
        (7, [LIST]),
    ],
)
def test_what_a_profile_cannot_say_is_told(said: object, expected: list[str]) -> None:
    assert list(check(said)) == expected


def test_a_table_names_groups_and_declared_columns() -> None:
    assert unknown({"TP1": [], "temperatures": [], "product_1_c": []}, ["product_1_c"]) == ["TP1"]
