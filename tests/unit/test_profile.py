"""A sender's profile: what it turns into the template's form, and what it leaves as it came."""

import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lots.errors import CallError
from lots.formats.convert import conversions
from lots.formats.instants import with_offset
from lots.formats.kept import NotRead
from lots.formats.numbers import number
from lots.formats.profile import Profile, check_columns, checked, parsed
from lots.records import record
from tests.profiles import load

BERLIN = ZoneInfo("Europe/Berlin")
DONATION = record("donation")


@pytest.mark.parametrize(
    ("decimal", "grouping", "sent", "read"),
    [
        (",", "", "6,4", "6.4"),
        (",", "", "-0,5", "-0.5"),
        (",", "", "7", "7"),
        (",", "", "", ""),
        (",", "", "zu,viel", "zu,viel"),
        (",", "", ",5", ",5"),
        (",", "", "1e3", "1e3"),
        (",", "", "+6,4", "+6,4"),
        (",", ".", "3.250", "3250"),
        (",", ".", "3.250,5", "3250.5"),
        (",", ".", "-12.345.678,9", "-12345678.9"),
        (",", ".", "3250,5", "3250.5"),
        (",", "'", "3'250,5", "3250.5"),
        (",", " ", "3 250,5", "3250.5"),
        (",", " ", "3\u00a0250", "3250"),
        (",", " ", "3\u202f250", "3250"),
        (".", ",", "3,250.5", "3250.5"),
        (".", ",", "3250.5", "3250.5"),
        (".", "'", "3\u2019250.5", "3250.5"),
        (".", ",", "1,234,567", "1234567"),
    ],
)
def test_numbers_are_read_as_their_sender_writes_them(
    decimal: str, grouping: str, sent: str, read: str
) -> None:
    assert number(decimal, grouping, whole=False)(sent) == read


@pytest.mark.parametrize(
    ("decimal", "grouping", "sent"),
    [
        (",", "", "6.4"),
        (",", "", "3.250"),
        (",", "", "3.250,5"),
        (",", "", "1,234,567"),
        (",", "", "3 250"),
        (",", ".", "3.25"),
        (",", ".", "3.2500"),
        (",", ".", "0.250"),
        (",", ".", "3250.000"),
        (",", ".", "1.234.5,6"),
        (",", ".", "3,250.5"),
        (",", "'", "3.250"),
        (".", ",", "3,25"),
        (".", ",", "1,234.567,8"),
        (".", " ", "3,250"),
    ],
)
def test_what_could_be_another_number_is_not_read(decimal: str, grouping: str, sent: str) -> None:
    with pytest.raises(NotRead):
        number(decimal, grouping, whole=False)(sent)


@pytest.mark.parametrize(
    ("comma", "grouping"), [(True, ","), (False, "."), (True, "x"), (True, ".,"), (False, "_")]
)
def test_a_grouping_that_is_none_is_told(*, comma: bool, grouping: str) -> None:
    with pytest.raises(CallError) as told:
        checked(Profile(sender="G1", decimal_comma=comma, grouping=grouping))
    assert (
        str(told.value)
        == f"Profile of G1: grouping is {grouping!r}; expected one of . , ' and a blank, other "
        "than the decimal mark."
    )


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2026-01-05T10:00:00", "2026-01-05T10:00:00+01:00"),
        ("2026-07-05 10:00", "2026-07-05 10:00+02:00"),
        ("2026-07-05T10:00:00.25", "2026-07-05T10:00:00.25+02:00"),
        ("2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T01:59:59", "2026-10-25T01:59:59+02:00"),
        ("2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"),
    ],
)
def test_a_bare_time_gets_its_zone_s_offset(sent: str, read: str) -> None:
    assert with_offset(sent, BERLIN) == read


@pytest.mark.parametrize(
    "sent",
    ["2026-03-29T02:00:00", "2026-03-29T02:30:00", "2026-10-25T02:00:00", "2026-10-25T02:59:59"],
)
def test_an_hour_that_a_clock_change_skips_or_repeats_stays_as_it_came(sent: str) -> None:
    assert with_offset(sent, BERLIN) == sent


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "2026-01-05",
        "2026-01-05T10:00:00Z",
        "2026-01-05T10:00:00+01:00",
        "2026-01-05T10:00:00-05:00",
        "2026-02-30T10:00:00",
        "05.01.2026 10:00:00",
        "2026-01-05T10:00:0٣",
        "noon on Friday 12",
    ],
)
def test_what_is_no_bare_time_stays_as_it_came(sent: str) -> None:
    assert with_offset(sent, BERLIN) == sent


def test_each_column_is_turned_by_its_kind() -> None:
    profile = Profile(decimal_comma=True, zone="Europe/Berlin", trim=True)
    targets = ("donation_number", "plasma_ml", "collected_at", None)
    number, volume, instant, extra = conversions(profile, DONATION, targets)
    assert number is not None
    assert volume is not None
    assert instant is not None
    assert extra is None
    assert number(" D,1 ") == "D,1"
    assert volume(" 690,5 ") == "690.5"
    assert instant(" 2026-01-05T10:00 ") == "2026-01-05T10:00+01:00"


def test_a_plain_profile_turns_nothing() -> None:
    assert conversions(Profile(), DONATION, ("plasma_ml", "collected_at")) == (None, None)


def test_an_unknown_zone_is_told() -> None:
    with pytest.raises(CallError) as told:
        checked(Profile(sender="G1", zone="Europe/Atlantis"))
    assert (
        str(told.value)
        == "Profile of G1: zone 'Europe/Atlantis' does not exist; expected an IANA name such as "
        "Europe/Berlin."
    )


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-8-sig", "klingon", "base64", "cp037", "undefined"]
)
def test_an_encoding_that_is_none_or_moves_ascii_is_told(encoding: str) -> None:
    with pytest.raises(CallError) as told:
        checked(Profile(sender="G1", encoding=encoding))
    assert (
        str(told.value)
        == f"Profile of G1: encoding '{encoding}' cannot be used; expected one that keeps ASCII as "
        "it is, such as utf-8, latin-1 or cp1252."
    )


def test_a_sender_without_a_file_has_a_plain_profile(tmp_path: Path) -> None:
    assert load(tmp_path, "G1") == Profile(sender="G1")
    assert load(tmp_path, "") == Profile()


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "G1.toml").write_text(
        'encoding = "cp1252"\ndelimiter = ";"\n[columns]\nNr = "donation_number"\n'
    )
    expected = Profile("G1", "cp1252", ";", columns={"Nr": "donation_number"})
    assert load(tmp_path, "G1") == expected


@pytest.mark.parametrize("text", ["zone = ", 'colour = "red"', "\x00"])
def test_a_bad_one_is_told_by_its_sender(text: str) -> None:
    with pytest.raises(CallError, match=r"^The profile of G1 cannot be read: .+\.$"):
        parsed("G1", text)


def test_a_text_has_its_own_hash_and_none_has_none() -> None:
    text = "trim = true\n"
    assert parsed("G1", text).sha256 == hashlib.sha256(text.encode()).digest()
    assert parsed("G1", None).sha256 == b""


LISTS = 'a list of texts such as ["83.0", "BURNOUT"], or a table of such lists'
RUN = "a regular expression with at most one group, such as 'Cycle ([0-9]+)'"


@pytest.mark.parametrize(
    ("text", "name", "got", "expected"),
    [
        ('date_format = "%d.%m"', "date_format", "'%d.%m'", "day, month and year"),
        (
            'date_format = "%d.%m.%Y %H:%M"',
            "date_format",
            "'%d.%m.%Y %H:%M'",
            "a day alone, such as %d.%m.%Y",
        ),
        (
            'time_format = "%I:%M"',
            "time_format",
            "'%I:%M'",
            "%I with %p for 12 hours, or %H for 24",
        ),
        ("date_format = 7", "date_format", "7", "a text"),
        ('run = "("', "run", "'('", RUN),
        ('run = "(a)(b)"', "run", "'(a)(b)'", RUN),
        ("missing = [83.0]", "missing", "[83.0]", LISTS),
        ('missing = "83.0"', "missing", "'83.0'", LISTS),
        ('missing = { product_1_c = "83.0" }', "missing", "{'product_1_c': '83.0'}", LISTS),
    ],
)
def test_a_setting_that_says_nothing_is_told(
    tmp_path: Path, text: str, name: str, got: str, expected: str
) -> None:
    (tmp_path / "G1.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CallError) as told:
        load(tmp_path, "G1")
    assert str(told.value) == f"Profile of G1: {name} is {got}; expected {expected}."


def test_a_column_without_readings_is_told() -> None:
    with pytest.raises(CallError) as told:
        check_columns(Profile(sender="G1", missing={"TP1": ["83.0"]}), {"donation": DONATION})
    assert (
        str(told.value)
        == "Profile of G1: missing names 'TP1'; expected temperatures, pressures or a declared"
        " column."
    )


def test_a_version_may_change_how_days_are_written(tmp_path: Path) -> None:
    (tmp_path / "G1.toml").write_text(
        'date_format = "%d.%m.%Y"\nmissing = ["83.0"]\n[[version]]\nfrom = 2026-07-01\ndate_format'
        ' = "%m/%d/%Y"\n',
        encoding="utf-8",
    )
    first, second = load(tmp_path, "G1").every
    assert (first.date_format, second.date_format, second.missing) == (
        "%d.%m.%Y",
        "%m/%d/%Y",
        ["83.0"],
    )
