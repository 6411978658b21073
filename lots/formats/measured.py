"""What was measured in a unit of the row's own: an operator before its number, and a unit in
letters beyond ASCII.

'>100000' becomes the operator and the number where the record has both; else it stays, and is not
readable.
"""

import re

from lots.formats.batch import Layout
from lots.formats.kept import Kept
from lots.formats.units import NUMBER, canonical, is_known

OPERATORS = {"<": "<", ">": ">", "=": "=", "<=": "<=", ">=": ">=", "\u2264": "<=", "\u2265": ">="}
BEFORE_A_NUMBER = re.compile(
    f"\\s*(<=|>=|[{''.join(o for o in OPERATORS if len(o) == 1)}])\\s*(.+)", re.DOTALL
)
ALONE = (b"<", b">", b"=")
OTHERWISE = "the operator before it is not the one beside it"


def apart(text: str) -> tuple[str, str]:
    """The operator that leads a value, and the rest of it; no operator where none does."""
    found = BEFORE_A_NUMBER.fullmatch(text)
    return (OPERATORS[found[1]], found[2]) if found else ("", text)


def operator(text: str) -> str:
    """An operator in the template's signs."""
    return OPERATORS.get(text, text)


def unit(text: str) -> str | Kept:
    """A unit in ASCII: 'µg/mL' as 'ug/mL', '°C' as 'degC'; one that is no known unit stays as it
    came.
    """
    if text.isascii():
        return text
    plain = canonical(text).replace("\u00b0", "deg")
    return Kept(plain, {"text": text}) if plain.isascii() and is_known(text) else text


def beside(row: dict[str, str], sent: dict[str, object], layout: Layout) -> None:
    """Put the operator that led a row's value into its own column; one that says otherwise leaves
    the value unread.
    """
    measured = layout.record.measured
    told = sent.get(measured.value) if measured else None
    if not measured or not isinstance(told, dict) or "operator" not in told:
        return
    # Of two operators that differ nobody knows which one bounds the value.
    if row.get(measured.operator) in ("", None, told["operator"]):
        row[measured.operator] = told["operator"]
    else:
        row[measured.value] = told["text"]
        sent[measured.value] = {"text": told["text"], "why": OTHERWISE}


def nothing_in(block: bytes) -> bool:
    """Whether no value of a block of CSV can have an operator before it, nor a unit letters beyond
    ASCII.
    """
    return block.isascii() and all(_alone(mark, block) for mark in ALONE if mark in block)


def _alone(mark: bytes, block: bytes) -> bool:
    """Whether a mark is a value of its own wherever it is; three times a search that takes long."""
    beside = (b"," + mark + b",", b"," + mark + b"\n", b"\n" + mark + b",")
    return block.count(mark) == sum(block.count(whole) for whole in beside)


def is_number(text: str) -> bool:
    """Whether a text is a number in the template's way."""
    return NUMBER.fullmatch(text) is not None
