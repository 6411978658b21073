"""Units: every spelling is one unit; what has no exact value in a column's digits is rounded, and
says so.
"""

import io
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lots.errors import CallError
from lots.formats import units
from lots.formats.convert import conversions
from lots.formats.kept import UNREAD, Kept
from lots.formats.profile import Profile, check_units
from lots.formats.read import batches
from lots.formats.recognise import open_batch
from lots.grammar.column import Column
from lots.grammar.schema import Kind
from lots.records import record, records
from tests.profiles import load
from tests.walk import measures as walk_measures

PAIRS = [
    (unit, to)
    for sizes in units.FAMILIES
    for unit in sizes
    for to in sizes
    if unit in units.known(to)
]


def amount(unit: str, places: int = 3) -> Column:
    """A column of amounts in a unit."""
    return Column(1, "amount", Kind.AMOUNT, "for the test", unit, digits=(12, places))


def turned(unit: str, to: str, sent: str, places: int = 3) -> tuple[str, object]:
    """What a text becomes, and whether it was rounded."""
    got = units.turning(unit, amount(to, places))(sent, sent)
    assert isinstance(got, Kept)
    assert (got.sent["text"], got.sent["unit"]) == (sent, unit)
    return got.value, got.sent["rounded"]


@pytest.mark.parametrize(
    ("unit", "to", "sent", "read"),
    [
        ("dL", "mL", "6.905", "690.5"),
        ("L", "mL", "0.69", "690"),
        ("mL", "L", "690", "0.69"),
        ("uL", "mL", "5", "0.005"),
        ("mg", "g", "6400", "6.4"),
        ("kg", "g", "-0.5", "-500"),
        ("h", "min", "1.5", "90"),
        ("d", "h", "7", "168"),
        ("Torr", "mTorr", "0.0755", "75.5"),
        ("K", "°C", "233.15", "-40"),
        ("K", "°C", "0", "-273.15"),
        ("°F", "°C", "-40", "-40"),
        ("degF", "°C", "98.6", "37"),
        ("K", "K", "2", "2"),
        ("°F", "K", "9", "5"),
        ("g/L", "g/dL", "65", "6.5"),
        ("mg/L", "ug/mL", "12.50", "12.5"),
        ("mL/min", "mL/h", "2.5", "150"),
        ("mg", "g", "0", "0"),
        ("mg", "g", "000123", "0.123"),
        ("IU/uL", "IU/mL", "10.0", "10000"),
        ("kg", "g", "999999999999.999999", "999999999999999.999"),
        ("min", "h", "90", "1.5"),
    ],
)
def test_what_is_exact_in_the_columns_digits_is_exact(
    unit: str, to: str, sent: str, read: str
) -> None:
    assert turned(unit, to, sent) == (read, False)


@pytest.mark.parametrize(
    ("unit", "to", "sent", "read"),
    [
        ("lb", "kg", "105", "47.627"),
        ("lb", "kg", "110", "49.895"),
        ("lb", "kg", "154.5", "70.08"),
        ("lb", "kg", "200", "90.718"),
        ("°F", "°C", "-22.1", "-30.056"),
        ("Pa", "mTorr", "1", "7.501"),
        ("mbar", "mTorr", "0.1", "75.006"),
        ("min", "h", "100", "1.667"),
        ("mg", "g", "0.5", "0.001"),
        ("mg", "g", "0.4999", "0"),
        ("mg", "g", "-0.5", "-0.001"),
        ("mg", "g", "1.5", "0.002"),
        ("mg", "g", "2.5", "0.003"),
        ("mg", "g", "-2.5", "-0.003"),
        ("mg", "g", "-0.4", "0"),
    ],
)
def test_what_is_not_exact_is_rounded_half_away_from_zero(
    unit: str, to: str, sent: str, read: str
) -> None:
    assert turned(unit, to, sent) == (read, True)


@pytest.mark.parametrize(
    ("unit", "to", "factor", "zero"),
    [
        ("lb", "kg", "0.45359237", None),
        ("°F", "°C", "5/9", "32"),
        ("Pa", "mTorr", "30400/4053", None),
        ("min", "h", "1/60", None),
        ("K", "°C", "1", "273.15"),
        ("L", "mL", "1000", None),
    ],
)
def test_the_factor_is_kept_as_it_is(unit: str, to: str, factor: str, zero: str | None) -> None:
    got = units.turning(unit, amount(to))("1", "1")
    assert isinstance(got, Kept)
    assert (got.sent["factor"], got.sent.get("zero")) == (factor, zero)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        " 5",
        "5 ",
        "5\n",
        "+5",
        "5.",
        ".5",
        "1e3",
        "NaN",
        "Infinity",
        "1,5",
        "1.2.3",
        "five",
        "٥",
        "5 mg",
        "--5",
        "9" * 31,
        "0." + "1" * 31,
    ],
)
def test_what_is_no_plain_number_stays_as_it_came(sent: str) -> None:
    assert units.turning("mg", amount("g"))(sent, sent) == sent


def test_a_count_is_turned_where_it_stays_whole_and_never_rounded() -> None:
    hours = units.turning("min", Column(1, "thaw_h", Kind.COUNT, "for the test", "h"))
    assert [getattr(hours(text, text), "value", text) for text in ("120", "90", "0")] == [
        "2",
        UNREAD + "90",
        "0",
    ]


SPELLINGS = {
    "IU/mL": ("IU/mL", "[IU]/mL", "iu/mL", "IU/ml", "IU/ML", "[iU]/mL", "UI/ml", "IU / mL"),
    "ug/mL": ("ug/mL", "\u00b5g/mL", "\u03bcg/mL", "mcg/mL", "UG/ML", "\u00b5g/ml", "MCG/ML"),
    "mL": ("mL", "ml", "ML", "cc", "cm3"),
    "°C": ("°C", "\u2103", "\u00baC", "degC", "deg C", "Cel", "CEL", "C"),
    "°F": ("°F", "degF", "[degF]", "F"),
    "h": ("h", "hr", "hours", "H"),
    "d": ("d", "days", "day"),
    "mTorr": ("mTorr", "mtorr", "MTORR"),
    "mmHg": ("mmHg", "mm[Hg]", "mm Hg"),
    "lb": ("lb", "lbs", "[lb_av]", "LB"),
    "um": ("um", "\u00b5m", "\u03bcm"),
    "mL/kg/h": ("ml/kg/h", "mL/kg/hr", "ML/KG/H"),
    "pH": ("pH", "[pH]"),
}
OTHERS = (
    "log10 IU/mL",
    "U/mL",
    "MIU/mL",
    "Ml",
    "gr",
    "10*3.IU/mL",
    "S/CO",
    "IU",
    "copies",
    "dram",
    "M",
    "t",
    "",
)


@pytest.mark.parametrize(
    ("unit", "spelling"), [(unit, s) for unit, several in SPELLINGS.items() for s in several]
)
def test_every_spelling_is_one_unit(unit: str, spelling: str) -> None:
    assert (units.canonical(spelling), walk_measures.usual(spelling)) == (unit, unit)


def test_the_rules_compare_every_spelling_of_what_they_compare() -> None:
    measures = {spelling: (base, size) for spelling, base, size in units.measures()}
    told = [
        (unit, s.replace(" ", ""))
        for unit, several in SPELLINGS.items()
        for s in several
        if unit in measures
    ]
    assert [(unit, s) for unit, s in told if measures.get(s) != measures[unit]] == []


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_another_unit_is_never_taken_for_one(other: str) -> None:
    assert units.factor(other, "IU/mL") is units.factor(other, "mL") is None
    assert walk_measures.size(other) != walk_measures.size("IU/mL")


def test_the_walk_knows_every_spelling_and_every_size() -> None:
    measures = units.measures()
    assert {s: walk_measures.usual(s) for s, _, _ in measures} == {
        s: units.canonical(s) for s, _, _ in measures
    }
    sized = [(walk_measures.size(s), walk_measures.size(base), size) for s, base, size in measures]
    assert [
        one
        for one, base, size in sized
        if one and base and (one[0], one[1] / base[1]) != (base[0], size)
    ] == []


def test_one_unit_stands_in_one_family() -> None:
    every = [unit for sizes in units.FAMILIES for unit in sizes]
    assert len(set(every)) == len(every)


def test_one_spelling_is_of_one_unit() -> None:
    every = [word for unit, words in units.ATOMS.items() for word in (unit, *words.split())]
    assert len(set(every)) == len(every)


@given(st.sampled_from(PAIRS), st.decimals(-(10**12), 10**12, places=6), st.integers(0, 6))
def test_the_value_is_that_of_the_walk(pair: tuple[str, str], number: Decimal, places: int) -> None:
    got = units.turning(pair[0], amount(pair[1], places))(f"{number:f}", "")
    assert isinstance(got, Kept)
    walked = walk_measures.turned(f"{number:f}", *pair, places, difference=False, count=False)
    if units.canonical(pair[0]) != pair[1]:
        assert Fraction(got.value) == Fraction(walked)
    assert units.NUMBER.fullmatch(got.value)


def test_a_unit_is_turned_after_the_comma_and_the_blanks() -> None:
    profile = Profile(
        decimal_comma=True, trim=True, units={"plasma_ml": "dL", "haemoglobin_g_dl": "G/DL"}
    )
    plasma, own = conversions(profile, record("donation"), ("plasma_ml", "haemoglobin_g_dl"))
    assert plasma is not None
    assert own is not None
    got = plasma(" 6,905 ")
    assert isinstance(got, Kept)
    assert got.value == "690.5"
    assert got.sent == {"text": " 6,905 ", "unit": "dL", "factor": "100", "rounded": False}
    assert own("12,5") == "12.5"


@pytest.mark.parametrize("spelling", ["mL", "ml", "ML"])
def test_the_column_s_own_unit_turns_nothing(spelling: str) -> None:
    assert conversions(
        Profile(units={"plasma_ml": spelling}), record("donation"), ("plasma_ml",)
    ) == (None,)


@pytest.mark.parametrize(
    ("profile", "as_it_came"),
    [
        (Profile(), True),
        (Profile(units={"plasma_ml": "dL"}, zone="Europe/Berlin"), True),
        (Profile(units={"minute": "h"}), False),
        (Profile(decimal_comma=True), False),
        (Profile(trim=True), False),
        (Profile(grouping=","), False),
        (Profile(units={"minute": "minutes"}), True),
    ],
)
def test_a_file_of_which_nothing_is_turned_is_passed_on_whole(
    profile: Profile, *, as_it_came: bool
) -> None:
    data = b"site,administration,minute,rate_ml_h\nC1,I1,30,50\n"
    found = open_batch(io.BytesIO(data), len(data), "infusion_rate-1.csv", records(), profile)
    assert bool([*batches(found, profile, "infusion_rate-1.csv")][-1].first) is as_it_came


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ('given_g = "mL"', "the unit of given_g is 'mL'; expected one of ng, ug, mg, g, kg, lb."),
        ('shelf_c = "R"', "the unit of shelf_c is 'R'; expected one of °C, K, °F."),
        ('hold_h = "months"', "the unit of hold_h is 'months'; expected one of s, min, h, d."),
        (
            'Menge = "mg"',
            (
                "the unit of Menge is 'mg'; expected a declared column whose unit has others"
                " beside it."
            ),
        ),
        (
            'ph = "mg"',
            "the unit of ph is 'mg'; expected a declared column whose unit has others beside it.",
        ),
    ],
)
def test_a_unit_that_cannot_be_turned_is_told(tmp_path: Path, unit: str, told: str) -> None:
    (tmp_path / "G1.toml").write_text(
        f"[[version]]\nfrom = 2026-07-01\nunits = {{ {unit} }}\n", "utf-8"
    )
    with pytest.raises(CallError) as error:
        check_units(load(tmp_path, "G1"), records())
    assert str(error.value) == f"Profile of G1: {told}"
