"""Raw strings as hand scanners send them: which packs each can be read as, and what is kept of none."""

import time
from datetime import date

import pytest
from biip.gs1_messages import GS1Message
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from lots.identifiers.gtin import check_digit
from lots.identifiers.scans import sent
from lots.identifiers.scans.checked import CHECKED, day
from lots.identifiers.scans.reading import read
from lots.identifiers.scans.values import Reading, Scan

TODAY = date(2026, 11, 26)
GS = "\x1d"
GTIN, SERIAL, LOT, DAY = "04000000000013", "7KQZ92YWA4", "A25-000123", "270331"
TAIL = f"17{DAY}10{LOT}"
CODE = f"01{GTIN}21{SERIAL}{GS}{TAIL}"
LINK = f"https://id.gs1.org/01/{GTIN}/10/{LOT}/21/{SERIAL}?17={DAY}"
PACK = (GTIN, SERIAL, LOT, date(2027, 3, 31))


def typed(text: str, there: str) -> str:
    """What a scanner that is set to the keys of the United States types on another keyboard."""
    return text.translate({ord(us): ord(other) for us, other in zip(sent._US, there, strict=True)})


def named(reading: Reading) -> tuple[str, str, str, date]:
    """The four things that a code of a pack names."""
    return reading.gtin, reading.serial, reading.lot_number, reading.expires_on


def scan(raw: str) -> Scan:
    """The string read on a day of the tests."""
    return read(raw, TODAY)


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        (f"]d2{CODE}", ()),
        (f"]C1{CODE}", ()),
        (f"]Q3{CODE}", ()),
        (f"]e0{CODE}", ()),
        (f"]J1{CODE}", ()),
        (CODE, ()),
        (f"{GS}{CODE}{GS}\r\n", ()),
        (f"]d210{LOT}{GS}17{DAY}21{SERIAL}{GS}01{GTIN}", ()),
        (f"]d2{CODE}{GS}71512345678906", ()),
        (f"]d201{GTIN}{CODE}", ()),
        (f"(01){GTIN}(21){SERIAL}(17){DAY}(10){LOT}", ()),
        (f"(01) {GTIN} (21) {SERIAL} (17) {DAY} (10) {LOT}", ()),
        (LINK, ()),
        (f"]d1{LINK}", ()),
        (f"]Q1{LINK}&campaign=7", ()),
        (f"]d2{CODE}\r\n]d2{CODE}", ()),
        (CODE + CODE, ()),
        (f"]E0{GTIN[1:]}\n]d2{CODE}", ()),
        (f"]C101{GTIN}17{DAY}\t]C110{LOT}{GS}21{SERIAL}", ()),
        (CODE.replace(GS, ""), (sent.LOST,)),
        (f"]d2{CODE.replace(GS, '')}", (sent.LOST,)),
        *(
            (CODE.replace(GS, sign), (sent.CHANGED,))
            for sign in ("|", " ", "^", "#", "^]", "\\x1d")
        ),
        (CODE.replace(GS, "[F8]"), (sent.CHANGED,)),
        (typed(f"]d2{CODE}", sent._GERMAN), (sent.LAYOUT,)),
        (typed(CODE, sent._FRENCH), (sent.LAYOUT,)),
        (typed(f"]d2{CODE}", sent._FRENCH), (sent.LAYOUT,)),
        (f"]D2{CODE.swapcase()}", (sent.CASE,)),
    ],
)
def test_a_code_however_it_is_sent(raw: str, mended: tuple[str, ...]) -> None:
    assert (PACK, mended) in [(named(r), r.mended) for r in scan(raw).readings]


@pytest.mark.parametrize("sign", ["<GS>", "F8", "%1D"])
def test_a_sign_that_may_be_text_is_read_both_ways(sign: str) -> None:
    readings = scan(CODE.replace(GS, sign)).readings
    assert [named(r)[1] for r in readings] == [SERIAL, SERIAL + sign]
    assert all(r.mended for r in readings)


def test_a_lost_separator_allows_all_that_it_allows() -> None:
    found = scan(f"01{GTIN}21AB17270101C17270331100X").readings
    assert [(r.serial, r.lot_number) for r in found] == [("AB17270101C", "0X")]
    found = scan(f"01{GTIN}17{DAY}21AB10C10D").readings
    assert {(r.serial, r.lot_number) for r in found} == {("AB", "C10D"), ("AB10C", "D")}


def test_a_value_with_brackets_is_read_in_every_way() -> None:
    found = scan(f"(01){GTIN}(21)A(10)B(17){DAY}(10){LOT}").readings
    assert [(r.serial, r.lot_number) for r in found] == [("A(10)B", LOT)]


def test_letters_that_were_made_alike_are_not_guessed() -> None:
    found = scan(f"]D2{CODE.upper()}").readings
    assert {r.serial for r in found} == {SERIAL, SERIAL.lower()}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (f"01{GTIN[:-1]}421{SERIAL}{GS}{TAIL}", "check digit"),
        (f"{CODE}{GS}4144000000000011", "check digit"),
        (f"01{GTIN}21{SERIAL}{GS}1727023010{LOT}", "day"),
        (f"{CODE}{GS}10OTHER", "twice"),
        (f"{CODE}{GS}01{'04000000000020'}", "twice"),
        (f"{LINK}&17=270401", "twice"),
        (f"{CODE}{GS}235ABC", "excluded"),
        (f"{CODE}{GS}375", "excluded"),
        (f"{CODE}{GS}70031", "structure"),
        (f"]d2{CODE}\n]d201{GTIN}21OTHER{GS}{TAIL}", "twice"),
        (f"01{GTIN}17{DAY}10{LOT}", "incomplete"),
        (f"01{GTIN}21{SERIAL}", "incomplete"),
        (GTIN, "incomplete"),
        (f"]E0{GTIN[1:]}", "incomplete"),
        (f"]d1{CODE}", "plain"),
        (CODE.replace(GS, "|", 1) + "#", "structure"),
        (f"01{GTIN}21{SERIAL * 3}{GS}{TAIL}", "structure"),
    ],
)
def test_a_code_that_names_no_one_pack(raw: str, code: str) -> None:
    found = scan(raw)
    assert (found.kind, found.readings) == ("product", ())
    assert code in [r.code for r in found.refused]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("[)>\x1e06\x1d9N111234567842\x1d1TLOT\x1dD270331\x1dSABC\x1e\x04", "ifa"),
        ("9N111234567842", "ifa"),
        ("=W0000230000010H", "isbt 128"),
        ("=<E0791V00", "isbt 128"),
        ("W0000230000010", "isbt 128"),
        ("00123456789012345675", "package"),
        ("]C100123456789012345675", "package"),
        ("00123456789012345670", "package"),
        ("4144000000000014", "place"),
        ("8018123456789012345675", "person"),
        ("-12345678", "pzn"),
        ("A012345676", "code 32"),
        ("81234567890123456789", "china"),
        ("+A123BJC5D6E71G", "hibc"),
        ("https://ward.example/patient/4711", "url"),
        ("HtTps://id.gs1.org/01/04000000000013/21/A", "url"),
        ("PAT-0042-MUSTER", "other"),
        ("", "other"),
        ("\x00" * 40, "other"),
        ("0" * 100_000, "other"),
    ],
)
def test_what_is_no_code_of_a_pack_is_told_by_kind_and_length_alone(raw: str, kind: str) -> None:
    found = scan(raw)
    assert (found.kind, found.length, found.readings) == (kind, len(raw), ())
    # Of no part of it, however short, a trace.
    assert not raw or len(raw) < 8 or raw[:8] not in repr(found)


@pytest.mark.parametrize(
    ("digits", "today", "expected"),
    [
        ("270331", TODAY, date(2027, 3, 31)),
        ("270200", TODAY, date(2027, 2, 28)),
        ("280200", TODAY, date(2028, 2, 29)),
        ("270230", TODAY, None),
        ("271301", TODAY, None),
        ("270031", TODAY, None),
        ("760101", TODAY, date(2076, 1, 1)),
        ("770101", TODAY, date(1977, 1, 1)),
        ("010101", date(2096, 1, 1), date(2101, 1, 1)),
        ("460101", date(2096, 1, 1), date(2146, 1, 1)),
        ("470101", date(2096, 1, 1), date(2047, 1, 1)),
    ],
)
def test_two_digits_of_a_year(digits: str, today: date, expected: date | None) -> None:
    assert day(digits, today) == expected


@pytest.mark.parametrize("raw", [CODE, CODE.replace(GS, "")])
def test_elements_are_those_that_biip_reads(raw: str) -> None:
    (found,) = scan(raw).readings
    whole = GS1Message.parse(GS.join(e.ai + e.value for e in found.elements))
    assert [(e.ai.ai, e.value) for e in whole.element_strings] == [
        (e.ai, e.value) for e in found.elements
    ]
    (expiry,) = whole.element_strings.filter(ai="17")
    assert expiry.date == found.expires_on


@pytest.mark.parametrize(
    "raw",
    [
        f"01{GTIN}" + "1021710711712713714715716717" * 17,
        f"01{GTIN}" + "10212" * 60,
        "10" * 250,
        f"01{GTIN}" + "711712713714715716717" * 4 + "17",
        "(01)(10)(21)" * 40,
        f"(01){GTIN}" + "(10)A(21)B" * 4,
    ],
)
def test_a_string_that_is_made_to_take_long_takes_no_longer(raw: str) -> None:
    began = time.process_time()
    assert scan(raw[:512]).readings == ()
    assert time.process_time() - began < 1


@given(st.text() | st.text(f"0123456789]()dC2<>F^\\|:/?=AZ{GS}", max_size=120))
def test_whatever_is_sent_is_told(raw: str) -> None:
    for sent_as in (
        raw,
        f"]d2{raw}",
        f"01{GTIN}{raw}",
        f"{CODE}{raw}",
        f"(01){GTIN}{raw}",
        LINK + raw,
    ):
        found = scan(sent_as)
        assert found.length == len(sent_as)
        assert bool(found.readings) or bool(found.refused)


def test_check_digits_are_those_of_another_library() -> None:
    for body in ("400638133393", "0400000000001", "9638507", "03600029145"):
        assert ean.is_valid(body + check_digit(body))
    assert {CHECKED["00"], CHECKED["414"]} == {18, 13}
