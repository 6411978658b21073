"""The walk's reading of units, from README.md: their spellings, what each measures, and amounts in
another one.
"""

import re
from fractions import Fraction

from tests.walk.numbers import NEITHER

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


def in_ascii(unit: str) -> str:
    """A unit without letters that no code may have."""
    if unit.isascii() or not all(part in UNITS for part in usual(unit).split("/")):
        return unit
    return usual(unit).replace("°", "deg")
