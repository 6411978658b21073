"""Numbers and truth values of files that have types, as the texts that the template has for
them.
"""

import re
from decimal import Decimal

from lots.grammar.column import Column
from lots.grammar.columns import YES_NO
from lots.grammar.schema import Kind

NUMBER = re.compile(r"-?[0-9]{1,400}(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,3})?")
WHOLE = re.compile(r"-?[0-9]{1,15}")  # a floating number tells so many digits for certain
CODES = (Kind.CODE, Kind.GTIN)
NUMERIC = (Kind.AMOUNT, Kind.COUNT, *CODES)
WORDS = {"true": "yes", "false": "no"}


def text_of_typed(value: str, column: Column) -> str:
    """A typed value's text as its column has it: digits without an exponent or idle zeros; true as
    yes.
    """
    if column.kind is Kind.CHOICE and column.choices == YES_NO:
        return WORDS.get(value, value)
    if column.kind in NUMERIC and NUMBER.fullmatch(value):
        digits = _digits(value)
        # A name of more digits than a float holds may have been rounded by its writer: it stays,
        # and is not readable.
        return value if column.kind in CODES and not WHOLE.fullmatch(digits) else digits
    return value


def _digits(value: str) -> str:
    # Decimal, not float: a text of 20 digits must come out as it went in.
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").removesuffix(".") if "." in text else text
    return "0" if text == "-0" else text
