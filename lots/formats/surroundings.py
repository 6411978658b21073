"""What spreadsheets and archives put around a table: each is named with its line, and what is to be
done about it.
"""

import re
import string
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lots.errors import FileRefused
from lots.grammar.schema import Record

CONTAINERS: Mapping[bytes, str] = {
    b"PK\x03\x04": "a workbook (XLSX, ODS) or a ZIP archive",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old workbook (XLS)",
    b"%PDF": "a PDF",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zX": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"Rar!": "a RAR archive",
    b"{\\rt": "a text with formats (RTF)",
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SEPARATOR = re.compile(rb"sep=(.)\r?\n", re.IGNORECASE)
Mask = np.ndarray[Any, np.dtype[np.bool_]]
SUMS = frozenset(
    {
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sub total",
        "sum",
        "sums",
        "summe",
        "summen",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "total general",
        "total général",
        "somme",
        "suma",
        "totale",
        "totaal",
    }
)
STEMS = (b"tota", b"sum", b"gesamt", b"somme")  # one of them is in each of these words
NUMERIC = re.compile("[-+]?[0-9][0-9.,' \u00a0\u2009\u202f]*%?")
A_SUM = "The line is a sum at a table's foot ('{}'), and no record."


def _those(characters: str) -> Mask:
    """Of all bytes those that are one of some characters, small or capital."""
    return np.isin(np.arange(256), [ord(c) for c in characters + characters.upper()])


IN_A_WORD = _those(string.ascii_lowercase + string.digits)
FIRST, SECOND = (_those("".join(word[at] for word in SUMS)) for at in (0, 1))


def check_container(head: bytes) -> None:
    """Raise FileRefused for what is no text, Parquet or gzip, by how it begins."""
    kind = next((kind for begins, kind in CONTAINERS.items() if head.startswith(begins)), "")
    if kind:
        raise FileRefused(
            f"The file is {kind}; expected its table as text: save each sheet as CSV (UTF-8),"
            " unpack an archive and send what is in it."
        )
    # Without its mark UTF-16 still shows: of letters in ASCII every other byte is 0.
    if head.startswith(UTF_16) or (len(head) >= 4 and not (any(head[1:4:2]) and any(head[0:4:2]))):
        raise FileRefused(
            "The file is UTF-16 (a spreadsheet's 'Unicode text'); expected UTF-8: save it as CSV "
            "(UTF-8)."
        )


def check_line_ends(line: bytes, number: int) -> None:
    """Raise FileRefused where carriage returns alone end the lines: all of the file would be its
    header.
    """
    if b"\r" in line.rstrip(b"\r\n") or (line.endswith(b"\r") and number == 1):
        raise FileRefused(
            f"Line {number} has carriage returns inside: lines end as on an old Macintosh (CR"
            " alone); expected each to end with a line feed (LF or CR LF): save it anew as CSV"
            " (UTF-8)."
        )


def separator(line: bytes) -> str:
    """The delimiter that a first line 'sep=;' tells; '' where it is no such line."""
    told = SEPARATOR.fullmatch(line)
    return told.group(1).decode("latin-1") if told else ""


def check_names(names: Sequence[str], sent: Sequence[str], *, trim: bool) -> None:
    """Raise FileRefused for columns without a name, and for names with blanks around them."""
    nameless = [str(at) for at, name in enumerate(names, 1) if not name]
    if nameless and any(names):
        raise FileRefused(
            f"The header has no name for column {', '.join(nameless)} of {len(names)}, as a"
            " spreadsheet leaves empty columns behind; expected a name for each: delete the empty"
            " columns."
        )
    blank = [at for at, name in enumerate(sent, 1) if name != name.strip(" \t")]
    if blank and not trim:
        raise FileRefused(
            f"The header has blanks around the name of column {blank[0]}, and so may all values"
            " below it; expected none beside a delimiter, or trim = true in the sender's profile."
        )


def small(names: Sequence[str], records: Mapping[str, Record]) -> str:
    """The sentence for a header whose names are a record's in capitals; '' for any other."""
    lower = {name.lower() for name in names}
    fits = [
        r
        for r in records.values()
        if set(r.required) <= lower and not set(r.required) <= set(names)
    ]
    if not fits:
        return ""
    best = min(fits, key=lambda r: len(lower - {c.name for c in r.columns}))
    wrong = next(name for name in names if name.lower() in best.required and name != name.lower())
    return (
        f"The header's names are those of {best.name} in capitals ({wrong} for {wrong.lower()});"
        f" expected them as `lots template {best.name}` prints them, or told in the sender's"
        " profile under [columns]."
    )


def header_below(
    lines: Sequence[bytes], above: int, delimiters: Sequence[str], records: Mapping[str, Record]
) -> str:
    """The sentence where a record's header stands below what seemed to be one, such as a title;
    else ''.
    """
    for at, line in enumerate(lines, above + 1):
        text = line.decode("utf-8", "replace").strip()
        names = {n.strip().strip('"').lower() for n in text.split(max(delimiters, key=text.count))}
        if any(set(r.required) <= names for r in records.values()):
            lead = f"line {above} is" if at == above + 1 else f"lines {above} to {at - 1} are"
            return (
                f"A title stands above the table: its header is on line {at}, and {lead} none;"
                f" expected the header first: delete what stands above line {at}."
            )
    return ""


def a_sum(fields: Sequence[str]) -> str:
    """The sentence for a line of nothing but a word for a sum and numbers; '' for any other.

    A true lot may be called SUM: its row says more than numbers, and is a record.
    """
    told = [value.strip() for value in fields if value.strip()]
    first = told[0].rstrip(":").strip() if told else ""
    if first.lower() not in SUMS or not all(NUMERIC.fullmatch(value) for value in told[1:]):
        return ""
    return A_SUM.format(first)


def may_hold_a_sum(block: bytes) -> bool:
    """Whether some line may begin with such a word: asked of a whole block, so that most are not
    looked through. How its lines begin tells it of most blocks.
    """
    marks = np.frombuffer(block, np.uint8)
    # Of every block, so by arrays; most have no line that begins so, and are done with here.
    begins = np.append(0, np.flatnonzero(marks[:-1] == ord("\n")) + 1)
    first, second = marks[begins], marks[np.minimum(begins + 1, len(marks) - 1)]
    # A blank or a quote may stand before the word, so such a beginning tells nothing.
    if not (~IN_A_WORD[first] | FIRST[first] & SECOND[second]).any():
        return False
    small_block = block.lower()
    # Searching a few stems is cheaper than lowering every line's first field.
    return any(stem in small_block for stem in STEMS)
