"""The walk's reading of how numbers are written, from README.md: marks, units, operators, and typed
files.
"""

import re
import struct
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

Profile = dict[str, Any]
NEITHER = "neither: "  # before a text that must not be read
BLANKS = " \u00a0\u2009\u202f"
UNITS = {  # by its usual spelling, all others
    "uL": "ul UL \u00b5L \u00b5l \u03bcL \u03bcl microL",
    "mL": "ml ML mls cc cm3 cm\u00b3",
    "cL": "cl CL",
    "dL": "dl DL",
    "L": "l \u2113 liter litre liters litres",
    "ng": "NG",
    "ug": "UG mcg MCG \u00b5g \u03bcg",
    "mg": "MG",
    "g": "G gram grams",
    "kg": "KG Kg",
    "lb": "lbs LB LBS [lb_av] [LB_AV] lb_av LB_AV pound pounds",
    "IU": "iu iU UI [IU] [iU] [iu] [UI]",
    "kIU": "kiU kiu KIU k[IU] k[iU] K[IU] k[iu]",
    "EU": "eu [EU] [eu]",
    "s": "S sec secs SEC second seconds",
    "min": "MIN mins minute minutes",
    "h": "H hr hrs HR hour hours",
    "d": "D day days DAY DAYS",
    "nm": "NM",
    "um": "UM \u00b5m \u03bcm micrometer micrometre",
    "mm": "MM",
    "Pa": "pa pascal",
    "hPa": "HPA hpa",
    "kPa": "KPA kpa KPa",
    "ubar": "UBAR \u00b5bar \u03bcbar",
    "mbar": "MBAR mBar",
    "bar": "BAR Bar",
    "mmHg": "MMHG mmhg mmHG mm[Hg] mm[hg] mm[HG] MM[HG]",
    "mTorr": "mtorr MTORR millitorr",
    "Torr": "torr TORR",
    "°C": "\u2103 \u00baC degC DEGC Cel CEL C celsius Celsius",
    "K": "kelvin Kelvin",
    "°F": "\u2109 \u00baF degF DEGF [degF] [DEGF] F fahrenheit Fahrenheit",
    "%": "percent pct",
    "pH": "ph PH [pH] [ph] [PH]",
    "cp": "copies CP copy",
    "mmol": "MMOL",
    "mol": "MOL",
    "mOsm": "mosm MOSM mOsmol",
}
SIZES = {  # of what each is so much
    "uL": ("L", "1/1000000"),
    "mL": ("L", "1/1000"),
    "cL": ("L", "1/100"),
    "dL": ("L", "1/10"),
    "L": ("L", "1"),
    "ng": ("g", "1/1000000000"),
    "ug": ("g", "1/1000000"),
    "mg": ("g", "1/1000"),
    "g": ("g", "1"),
    "kg": ("g", "1000"),
    "lb": ("g", "45359237/100000"),
    "s": ("s", "1"),
    "min": ("s", "60"),
    "h": ("s", "3600"),
    "d": ("s", "86400"),
    "nm": ("nm", "1"),
    "um": ("nm", "1000"),
    "mm": ("nm", "1000000"),
    "Pa": ("Pa", "1"),
    "hPa": ("Pa", "100"),
    "kPa": ("Pa", "1000"),
    "ubar": ("Pa", "1/10"),
    "mbar": ("Pa", "100"),
    "bar": ("Pa", "100000"),
    "mmHg": ("Pa", "133322387415/1000000000"),
    "Torr": ("Pa", "101325/760"),
    "mTorr": ("Pa", "101325/760000"),
    "IU": ("IU", "1"),
    "kIU": ("IU", "1000"),
    "EU": ("EU", "1"),
    "%": ("%", "1"),
    "pH": ("pH", "1"),
    "cp": ("cp", "1"),
    "mmol": ("mol", "1/1000"),
    "mol": ("mol", "1"),
    "mOsm": ("mOsm", "1"),
}
COMPARED = (
    "uL",
    "mL",
    "cL",
    "dL",
    "L",
    "ng",
    "ug",
    "mg",
    "g",
    "kg",
    "lb",
    "s",
    "min",
    "h",
    "d",
    "nm",
    "um",
    "mm",
    "ubar",
    "mTorr",
    "Pa",
    "mbar",
    "hPa",
    "Torr",
    "mmHg",
    "kPa",
    "bar",
    "ug/L",
    "ng/mL",
    "ug/mL",
    "mg/L",
    "mg/dL",
    "mg/mL",
    "g/L",
    "g/dL",
    "IU/L",
    "IU/dL",
    "IU/mL",
    "kIU/L",
    "IU/uL",
    "kIU/mL",
    "EU/L",
    "EU/mL",
    "mL/h",
    "mL/min",
    "L/h",
    "mL/kg/h",
    "mL/kg/min",
    "%",
    "pH",
    "IU/g",
    "IU/mg",
    "EU/mg",
    "EU/IU",
    "IU",
    "cp/mL",
    "mmol/L",
    "mol/L",
    "mOsm/kg",
    "mOsm/L",
)
# Floats of fewer bytes, and how the struct module calls them.
SHORT = {
    "float": "f",
    "halffloat": "e",
}
KINDS = ("amount", "count", "code", "gtin")  # which may come as a typed number
OPERATORS = {"\u2264": "<=", "\u2265": ">="}


class Number(str):
    """A number of a file that has types: no sender's mark is in it."""

    __slots__ = ()


class Truth(str):
    """True or false of a file that has types."""

    __slots__ = ()


class Moment(str):
    """A timestamp of a file that has types."""

    __slots__ = ()


def marked(text: str, profile: Profile, kind: str) -> str:
    """A number by the sender's decimal mark and grouping; what looks like one and is none is
    neither.
    """
    comma, between = profile.get("decimal_comma", False), profile.get("grouping", "")
    if isinstance(text, Number) or not (comma or between):
        return text
    between = {" ": BLANKS, "'": "'\u2019"}.get(between, between)
    whole, mark, fraction = text.removeprefix("-").partition("," if comma else ".")
    groups = re.split(f"[{re.escape(between)}]", whole) if between else [whole]
    plain = all(_digits(group) for group in groups) and (_digits(fraction) if mark else True)
    threes = (
        len(groups[0]) <= 3
        and groups[0][:1] != "0"
        and all(len(group) == 3 for group in groups[1:])
    )
    if plain and (threes or len(groups) == 1) and not (mark and kind == "count"):
        return (
            ("-" if text.startswith("-") else "")
            + "".join(groups)
            + ("." + fraction if mark else "")
        )
    bare = text.removeprefix("-")
    alike = _digits(bare[:1]) and not set(bare) - set(f"0123456789.,'\u2019{BLANKS}")
    return NEITHER + text if alike else text


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def usual(unit: str) -> str:
    """A unit by its usual spelling, part by part; one that is not known as it came."""
    parts = []
    for part in unit.replace(" ", "").split("/"):
        found = [name for name, others in UNITS.items() if part == name or part in others.split()]
        parts.append(found[0] if found else part)
    return "/".join(parts)


def size(unit: str) -> tuple[str, Fraction] | None:
    """What a unit measures, and how large one is; None where it is not known."""
    if usual(unit) not in COMPARED:
        return None
    kinds, times = [], Fraction(1)
    for place, part in enumerate(usual(unit).split("/")):
        if part not in SIZES:
            return None
        kind, one = SIZES[part]
        kinds.append(kind)
        times = times * Fraction(one) if place == 0 else times / Fraction(one)
    return "/".join(kinds), times


def turned(text: str, unit: str, own: str, places: int, *, difference: bool, count: bool) -> str:
    """An amount in the column's own unit, rounded half away from zero where it has more digits than
    the column.
    """
    if usual(unit) == own or not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", text):
        return text
    exact = (
        _celsius(Fraction(text), usual(unit), difference)
        if own == "°C"
        else _times(Fraction(text), unit, own)
    )
    tens = 10 ** (0 if count else places)
    units = int(abs(exact) * tens * 2 + 1) // 2
    if count and units != abs(exact):
        return NEITHER + text
    whole, rest = divmod(units, tens)
    return (
        ("-" if exact < 0 and units else "")
        + str(whole)
        + (f".{rest:0{places}}" if tens > 1 else "")
    )


def _times(amount: Fraction, unit: str, own: str) -> Fraction:
    (_, theirs), (_, ours) = size(unit) or ("", Fraction(1)), size(own) or ("", Fraction(1))
    return amount * theirs / ours


def _celsius(amount: Fraction, unit: str, difference: bool) -> Fraction:
    if unit == "°F":
        return (amount - (0 if difference else 32)) * Fraction(5, 9)
    return amount if difference else amount - Fraction("273.15")


def operated(row: dict[str, str], profile: Profile) -> None:
    """Take the operator that leads a test result's value into its own column."""
    said = re.fullmatch(r"\s*(<=|>=|[<>=\u2264\u2265])\s*(.+)", row.get("value", ""), re.DOTALL)
    row["operator"] = OPERATORS.get(row.get("operator", ""), row.get("operator", ""))
    if not said:
        row["value"] = marked(row.get("value", ""), profile, "amount")
        return
    operator, number = OPERATORS.get(said[1], said[1]), marked(said[2], profile, "amount")
    if re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", number) and row["operator"] in ("", operator):
        row["operator"], row["value"] = operator, number


def in_ascii(unit: str) -> str:
    """A unit without letters that no code may have."""
    if unit.isascii() or not all(part in UNITS for part in usual(unit).split("/")):
        return unit
    return usual(unit).replace("°", "deg")


def untyped(value: object, arrow: str = "") -> str:
    """The text of a typed value; arrow: the name of its type in Parquet."""
    match value:
        case None:
            return ""
        case bool():
            return Truth(str(value).lower())
        case float() if arrow in SHORT and value == value:
            return Number(
                next(
                    text
                    for n in range(1, 10)
                    if _same(text := f"{value:.{n}g}", value, SHORT[arrow])
                )
            )
        case int() | float() | Decimal():
            return Number(value)
        case datetime():
            return Moment(
                value.isoformat()
                + (f" and {more} ns" if (more := getattr(value, "nanosecond", 0)) else "")
            )
        case date():
            return value.isoformat()
        case str():
            return value
        case _:
            return f"{value}, which has no text"


def _same(text: str, value: float, form: str) -> bool:
    return struct.pack(form, float(text)) == struct.pack(form, value)


def of_kind(text: str, kind: str, choices: str) -> str:
    """A typed value as a column of a kind has it."""
    if isinstance(text, Truth) and choices == "yes|no":
        return {"true": "yes", "false": "no"}[text]
    if isinstance(text, Moment) and kind == "day":
        return re.sub(r"T00:00:00([+-][0-9:]+)?$", "", text)
    shape = r"-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]{1,3})?"
    if not isinstance(text, Number) or kind not in KINDS or not re.fullmatch(shape, text, re.I):
        return text
    plain = f"{Decimal(text):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    plain = "0" if plain == "-0" else plain
    return (
        text
        if kind in ("code", "gtin") and not re.fullmatch("-?[0-9]{1,15}", plain)
        else Number(plain)
    )
