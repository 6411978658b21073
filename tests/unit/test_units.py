"""Units: what is turned is turned exactly; what is no plain number stays as it came and is not readable."""

import io
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lots.errors import CallError
from lots.forms import units
from lots.forms.convert import conversions
from lots.forms.profile import Profile, check_units, load
from lots.forms.read import batches
from lots.forms.recognise import opened
from lots.records import record, records

PAIRS = [(unit, to) for sizes in units.SIZES for unit in sizes for to in sizes if unit in units.known(to)]


@pytest.mark.parametrize(("unit", "to", "sent", "read"), [
    ("dL", "mL", "6.905", "690.5"), ("L", "mL", "0.69", "690"), ("mL", "L", "690", "0.69"), ("uL", "mL", "5", "0.005"),
    ("mg", "g", "6400.50", "6.4005"), ("kg", "g", "-0.5", "-500"), ("lb", "kg", "150", "68.0388555"),
    ("h", "min", "1.5", "90"), ("d", "h", "7", "168"), ("Torr", "mTorr", "0.0755", "75.5"),
    ("K", "°C", "233.15", "-40"), ("K", "°C", "0", "-273.15"), ("g/L", "g/dL", "65", "6.5"),
    ("mg/L", "ug/mL", "12.50", "12.5"), ("mL/min", "mL/h", "2.5", "150"), ("mg", "g", "0", "0"),
    ("mg", "g", "000123", "0.123"), ("kg", "g", "999999999999.999999", "999999999999999.999")])
def test_an_amount_is_turned_exactly(unit: str, to: str, sent: str, read: str) -> None:
    assert units.conversion(unit, to)(sent) == read


@pytest.mark.parametrize("sent", [
    "", " 5", "5 ", "5\n", "+5", "5.", ".5", "1e3", "NaN", "Infinity", "1,5", "1.2.3", "five", "٥", "5 mg", "--5",
    "9" * 31, "0." + "1" * 31])
def test_what_is_no_plain_number_stays_as_it_came(sent: str) -> None:
    assert units.conversion("mg", "g")(sent) == sent


def test_what_has_no_factor_that_ends_is_not_offered() -> None:
    assert units.known("h") == ("h", "d")
    assert units.known("°C") == ("°C", "K")
    assert units.known("mTorr") == ("mTorr", "Torr")
    assert units.known("furlong") == units.known("") == ()


def test_one_unit_stands_in_one_table() -> None:
    every = [unit for sizes in (*units.SIZES, *units.ZEROS) for unit in sizes]
    assert len(set(every)) == len(every)


@given(st.sampled_from(PAIRS), st.decimals(-10**12, 10**12, places=6))
def test_the_value_is_that_of_fractions(pair: tuple[str, str], amount: Decimal) -> None:
    sizes = next(s for s in units.SIZES if pair[0] in s)
    turned = units.conversion(*pair)(f"{amount:f}")
    assert Fraction(turned) == Fraction(amount) * Fraction(sizes[pair[0]]) / Fraction(sizes[pair[1]])
    assert units.NUMBER.fullmatch(turned)


def test_a_unit_is_turned_after_the_comma_and_the_blanks() -> None:
    profile = Profile(decimal_comma=True, trim=True, units={"plasma_ml": "dL", "haemoglobin_g_dl": "g/dL"})
    plasma, own = conversions(profile, record("donation"), ("plasma_ml", "haemoglobin_g_dl"))
    assert plasma is not None
    assert own is not None
    assert (plasma(" 6,905 "), plasma("1.234,5"), own("12,5")) == ("690.5", "1.234,5", "12.5")


def test_the_column_s_own_unit_turns_nothing() -> None:
    assert conversions(Profile(units={"plasma_ml": "mL"}), record("donation"), ("plasma_ml",)) == (None,)


@pytest.mark.parametrize(("profile", "as_it_came"), [
    (Profile(), True), (Profile(units={"plasma_ml": "dL"}, zone="Europe/Berlin"), True),
    (Profile(units={"minute": "h"}), False), (Profile(decimal_comma=True), False), (Profile(trim=True), False)])
def test_a_file_of_which_nothing_is_turned_is_passed_on_whole(profile: Profile, *, as_it_came: bool) -> None:
    data = b"site,administration,minute,rate_ml_h\nC1,I1,30,50\n"
    found = opened(io.BytesIO(data), len(data), "infusion_rate-1.csv", records(), profile)
    assert bool([*batches(found, profile, "infusion_rate-1.csv")][-1].first) is as_it_came


@pytest.mark.parametrize(("unit", "told"), [
    ('given_g = "mL"', "the unit of given_g is 'mL'; expected one of ug, mg, g, kg, lb."),
    ('pirani_mtorr = "Pa"', "the unit of pirani_mtorr is 'Pa'; expected one of mTorr, Torr."),
    ('shelf_c = "°F"', "the unit of shelf_c is '°F'; expected one of °C, K."),
    ('hold_h = "min"', "the unit of hold_h is 'min'; expected one of h, d."),
    ('Menge = "mg"', "the unit of Menge is 'mg'; expected a declared column whose unit has others beside it."),
    ('ph = "mg"', "the unit of ph is 'mg'; expected a declared column whose unit has others beside it.")])
def test_a_unit_that_cannot_be_turned_exactly_is_told(tmp_path: Path, unit: str, told: str) -> None:
    (tmp_path / "G1.toml").write_text(f"[[version]]\nfrom = 2026-07-01\nunits = {{ {unit} }}\n", "utf-8")
    with pytest.raises(CallError) as error:
        check_units(load(tmp_path, "G1"), records())
    assert str(error.value) == f"Profile of G1: {told}"
