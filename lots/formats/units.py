"""Units of amounts: which spellings are one unit, and how an amount in one is turned into another.

What has no exact value in a column's digits is rounded, half away from zero, and says so; a count
is never rounded.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product

from lots.formats.kept import Kept, unread
from lots.grammar.column import Column
from lots.grammar.schema import Kind

ATOMS: Mapping[str, str] = {  # each unit with its spellings, beside itself
    "uL": "ul UL microL",
    "mL": "ml ML mls cc cm3 cm³",
    "cL": "cl CL",
    "dL": "dl DL",
    "L": "l ℓ liter litre liters litres",
    "ng": "NG",
    "ug": "UG mcg MCG",
    "mg": "MG",
    "g": "G gram grams",
    "kg": "KG Kg",
    "lb": "lbs LB LBS lb_av LB_AV pound pounds",
    "IU": "iu iU UI",
    "kIU": "KIU kiu kiU",
    "EU": "eu",
    "s": "S sec secs SEC second seconds",
    "min": "MIN mins minute minutes",
    "h": "H hr hrs HR hour hours",
    "d": "D day days DAY DAYS",
    "nm": "NM",
    "um": "UM micrometer micrometre",
    "mm": "MM",
    "mTorr": "mtorr MTORR millitorr",
    "Torr": "torr TORR",
    "Pa": "pa pascal",
    "hPa": "HPA hpa",
    "kPa": "KPA kpa KPa",
    "ubar": "UBAR",
    "mbar": "MBAR mBar",
    "bar": "BAR Bar",
    "mmHg": "MMHG mmhg mmHG",
    "°C": "℃ ºC degC DEGC Cel CEL C celsius Celsius",
    "K": "kelvin Kelvin",
    "°F": "℉ ºF degF DEGF F fahrenheit Fahrenheit",
    "%": "percent pct",
    "pH": "ph PH",
    "cp": "copies CP copy",
    "mmol": "MMOL",
    "mol": "MOL",
    "mOsm": "mosm MOSM mOsmol",
}
FAMILIES: tuple[
    Mapping[str, str], ...
] = (  # how large each is, measured by the first one of size 1
    {"uL": "0.001", "mL": "1", "cL": "10", "dL": "100", "L": "1000"},
    {
        "ng": "0.000000001",
        "ug": "0.000001",
        "mg": "0.001",
        "g": "1",
        "kg": "1000",
        # The international pound, exact by law.
        "lb": "453.59237",
    },
    {"s": "1", "min": "60", "h": "3600", "d": "86400"},
    {"nm": "1", "um": "1000", "mm": "1000000"},
    {
        "ubar": "0.1",
        # By definition 101,325/760 Pa; a decimal would not end.
        "mTorr": "101325/760000",
        "Pa": "1",
        "mbar": "100",
        "hPa": "100",
        "Torr": "101325/760",
        "mmHg": "133.322387415",
        "kPa": "1000",
        "bar": "100000",
    },
    {
        "ug/L": "0.001",
        "ng/mL": "0.001",
        "ug/mL": "1",
        "mg/L": "1",
        "mg/dL": "10",
        "mg/mL": "1000",
        "g/L": "1000",
        "g/dL": "10000",
    },
    {
        "IU/L": "0.001",
        "IU/dL": "0.01",
        "IU/mL": "1",
        "kIU/L": "1",
        "IU/uL": "1000",
        "kIU/mL": "1000",
    },
    {"EU/L": "0.001", "EU/mL": "1"},
    {"mL/h": "1", "mL/min": "60", "L/h": "1000"},
    {"mL/kg/h": "1", "mL/kg/min": "60"},
    {"%": "1"},
    {"pH": "1"},
    {"IU/g": "0.001", "IU/mg": "1"},
    {"EU/mg": "1"},
    {"EU/IU": "1"},
    {"IU": "1"},
    {"cp/mL": "1"},
    {"mmol/L": "1", "mol/L": "1000"},
    {"mOsm/kg": "1"},
    {"mOsm/L": "1"},
)
# Size, zero.
DEGREES: Mapping[str, tuple[str, str]] = {
    "°C": ("1", "0"),
    "K": ("1", "273.15"),
    "°F": ("5/9", "32"),
}
# Longer than any column takes: what it leaves is not readable.
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
VALUES_KEPT = (
    65_536  # values of a column that are turned once: weights and volumes lie close together
)
MARGIN = "K"  # the unit of a difference of temperatures: no zero is taken off
MICRO = "\u00b5\u03bc"  # the micro sign, and the Greek letter
BRACKETED = re.compile("(?:IU|EU|PH|HG|LB_AV)$", re.IGNORECASE)  # what UCUM writes in brackets
LIKE = str.maketrans({"\u00b5": "u", "\u03bc": "u", "[": "", "]": "", " ": ""})


@dataclass(frozen=True, slots=True)
class Factor:
    """How an amount is turned: what is taken off first, and by what the rest is multiplied."""

    times: Fraction
    zero: Fraction = Fraction(0)

    def __call__(self, amount: Fraction) -> Fraction:
        """The amount in the other unit."""
        return (amount - self.zero) * self.times


@cache
def _spellings() -> dict[str, str]:
    return {word: unit for unit, words in ATOMS.items() for word in (unit, *words.split())}


def canonical(unit: str) -> str:
    """A unit as it is written here; one that is not known as it came, but for what spells alike."""
    return "/".join(_spellings().get(part, part) for part in unit.translate(LIKE).split("/"))


def is_known(unit: str) -> bool:
    """Whether every part of a unit is one that has a spelling here."""
    return all(part in ATOMS for part in canonical(unit).split("/"))


def factor(unit: str, to: str) -> Factor | None:
    """How amounts in one unit become amounts in another, whatever their spelling; None where
    nothing says how.
    """
    ours, own = canonical(unit), canonical(to)
    # A margin of 2 K is one of 2 °C: no zero is taken off.
    if own == MARGIN and ours in DEGREES:
        return Factor(Fraction(DEGREES[ours][0]))
    if own == "°C" and ours in DEGREES:
        size, zero = DEGREES[ours]
        return Factor(Fraction(size), Fraction(zero))
    for sizes in FAMILIES:
        if ours in sizes and own in sizes:
            return Factor(Fraction(sizes[ours]) / Fraction(sizes[own]))
    return None


def known(to: str) -> tuple[str, ...]:
    """The units that can be turned into this one, itself among them; none where it has no other."""
    every = (*DEGREES, *(unit for sizes in FAMILIES for unit in sizes))
    found = tuple(unit for unit in every if factor(unit, to))
    return found if len(found) > 1 else ()


def turning(unit: str, to: Column) -> Callable[[str, str], str | Kept]:
    """What turns a number in a unit into the column's own, beside it what was sent; no number stays
    as it is.
    """
    by = factor(unit, to.unit)
    if by is None:  # a profile is checked before it is used
        raise ValueError(f"{unit} is no unit that can be turned into {to.unit}")
    whole = to.kind is Kind.COUNT
    said = {"unit": unit, "factor": written(by.times)} | (
        {"zero": written(by.zero)} if by.zero else {}
    )

    @lru_cache(VALUES_KEPT)
    def own(value: str) -> tuple[str, bool]:
        exact = by(Fraction(value))
        rounded = _rounded(exact, 0 if whole else to.digits[1])
        return written(rounded), rounded != exact

    def turned(value: str, sent: str) -> str | Kept:
        if not NUMBER.fullmatch(value):
            return value
        text, rounded = own(value)
        # Half a vial is a mistake about the unit, not a vial.
        if whole and rounded:
            return unread(sent, f"it is no whole number in {to.unit}, and a count is not rounded")
        return Kept(text, {"text": sent, **said, "rounded": rounded})

    return turned


def _rounded(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(value) * 10**places
    # In whole numbers: round() goes to the even one, and Decimal would need a precision that is
    # chosen.
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def written(value: Fraction) -> str:
    """A fraction as a decimal number where it ends, else as a fraction."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    # A denominator of 2s and 5s ends within as many places as it has binary digits.
    places = max(value.denominator.bit_length(), 1)
    digits = str(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    whole, fraction = digits[:-places], digits[-places:].rstrip("0")
    return ("-" if value < 0 else "") + whole + (f".{fraction}" if fraction else "")


def measures() -> list[tuple[str, str, Fraction]]:
    """Every spelling of every unit of a family, the unit by which that is measured, and how much of
    it one is.
    """
    found = [
        (sizes, next(unit for unit, size in sizes.items() if size == "1")) for sizes in FAMILIES
    ]
    return [
        (spelling, base, Fraction(size))
        for sizes, base in found
        for unit, size in sizes.items()
        for spelling in _spelled(unit)
    ]


def _spelled(unit: str) -> list[str]:
    """Every way to write a unit of one or several parts."""
    return ["/".join(parts) for parts in product(*(_ways(atom) for atom in unit.split("/")))]


def _ways(atom: str) -> list[str]:
    words = [atom, *ATOMS[atom].split()]
    words += [mark + word[1:] for word in words if word[0] == "u" for mark in MICRO]
    return [*words, *(BRACKETED.sub(r"[\g<0>]", word) for word in words if BRACKETED.search(word))]
