"""Units in which a sender may write an amount, and their exact sizes; what cannot be said exactly is not here.

mTorr and pascal, or °F and °C, have no factor that ends after some digits, so no text could be the exact value.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Inexact

SIZES: tuple[Mapping[str, Decimal], ...] = tuple({unit: Decimal(size) for unit, size in sizes.items()} for sizes in (
    {"uL": "0.001", "mL": "1", "cL": "10", "dL": "100", "L": "1000"},
    {"ug": "0.000001", "mg": "0.001", "g": "1", "kg": "1000", "lb": "453.59237"},
    {"s": "1", "min": "60", "h": "3600", "d": "86400"},
    {"nm": "1", "um": "1000", "mm": "1000000"},
    {"mTorr": "1", "Torr": "1000"},
    {"ng/mL": "0.001", "ug/mL": "1", "mg/L": "1", "mg/dL": "10", "mg/mL": "1000", "g/L": "1000", "g/dL": "10000"},
    {"IU/L": "0.001", "IU/mL": "1"},
    {"mL/h": "1", "mL/min": "60", "L/h": "1000"},
    {"mL/kg/h": "1", "mL/kg/min": "60"},
))
ZEROS: tuple[Mapping[str, Decimal], ...] = ({"°C": Decimal(0), "K": Decimal("273.15")},)
EXACT = Context(prec=100, traps=[Inexact])
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")  # longer than any column takes: what it leaves is not readable


def known(to: str) -> tuple[str, ...]:
    """The units that can be turned exactly into this one, itself among them; none where it has no other."""
    return tuple(unit for sizes in (*SIZES, *ZEROS) if to in sizes for unit in sizes if _exact(unit, to))


def _exact(unit: str, to: str) -> bool:
    try:
        _factor(unit, to)
    except Inexact:
        return False
    return True


def _factor(unit: str, to: str) -> Decimal:
    """By how much an amount in the one unit is more than the same amount in the other. Raises Inexact."""
    return next((EXACT.divide(sizes[unit], sizes[to]) for sizes in SIZES if {unit, to} <= sizes.keys()), Decimal(1))


def conversion(unit: str, to: str) -> Callable[[str], str]:
    """What turns an amount's text from one unit into another: exactly, or not at all where it is no plain number."""
    factor = _factor(unit, to)
    shift = next((EXACT.subtract(zeros[to], zeros[unit]) for zeros in ZEROS if {unit, to} <= zeros.keys()), Decimal(0))

    def converted(value: str) -> str:
        if not NUMBER.fullmatch(value):
            return value
        return f"{EXACT.add(EXACT.multiply(Decimal(value), factor), shift).normalize(EXACT):f}"

    return converted
