"""Whether a text that was turned is surely a value of its column; where it may be none, what was
sent is kept beside.

No reading of the grammar: the two that judge do that. A no too many costs a few bytes, and changes
nothing.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from lots.grammar.column import Column
from lots.grammar.schema import Kind

CODE = re.compile("[!-~]([ -~]{0,62}[!-~])?")
# Nine digits are what a PostgreSQL integer holds whatever they are.
COUNT = re.compile("[0-9]{1,9}")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    DAY.pattern
    + "[T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?([+-](0[0-9]|1[0-4]):[0-5][0-9]|Z)"
)
Fits = Callable[[str], object]  # truth, or what stands for it


@cache
def fitting(column: Column) -> Fits:
    """What says of a text whether it surely is a value of this column."""
    match column.kind:
        case Kind.AMOUNT:
            whole, fraction = column.digits
            return re.compile(f"-?[0-9]{{1,{whole}}}([.][0-9]{{1,{fraction}}})?").fullmatch
        case Kind.COUNT:
            return COUNT.fullmatch
        case Kind.DAY:
            return lambda text: DAY.fullmatch(text) and _is_real(date.fromisoformat, text)
        case Kind.INSTANT:
            return (
                lambda text: (
                    INSTANT.fullmatch(text)
                    # fromisoformat takes 24:00 from Python 3.14 on, as the next day.
                    and text[11:13] < "24"
                    and _is_real(datetime.fromisoformat, text)
                )
            )
        case Kind.CHOICE:
            return frozenset(column.choices).__contains__
        case Kind.CODE:
            return CODE.fullmatch
        case Kind.TEXT:
            return lambda _: True
        case _:  # a GTIN has a check digit
            return lambda _: False


def _is_real(make: Callable[[str], object], text: str) -> bool:
    try:
        make(text)
    except ValueError:
        return False
    return True
