"""Single values, by Python: which texts are readable, and what they are. Works on whole pandas
columns.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from lots.grammar.unknown import DIGITS, Names, is_unknown

# By its name it would hang on PANDAS_FUTURE_INFER_STRING.
TEXT = pd.StringDtype("pyarrow", na_value=float("nan"))
# [0-9], never \d: Python's takes the digits of every script, PostgreSQL's those of one.
CODE = "(?:[!-~]+(?: +[!-~]+)*)"
COUNT = "[0-9]{1,9}"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT = (
    DAY + "[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,6})?)?"
    "(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
)
MOD37_2 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
GTIN = "[0-9]{8}|[0-9]{12,14}"
GS1_LENGTHS, SSCC_LENGTHS = (8, 12, 13, 14), (18,)


MANY = 1_000  # texts that are looked at to see whether a column has many different ones


def readable(column: pd.Series, kind: str, digits: tuple[int, int]) -> pd.Series:
    """Whether each text can be read as its kind, never where there is none; `digits` are those
    before and after an amount's point. Where few texts differ, each of these is read once.
    """
    # Reading a text costs more than finding it among those that were read: repeated ones are read
    # once.
    if column.head(MANY).nunique() > MANY // 2:
        return _readable(column, kind, digits).fillna(value=False).astype(bool)
    codes, texts = pd.factorize(column)
    read = _readable(pd.Series(texts, dtype=TEXT), kind, digits).fillna(value=False)
    found = np.append(read.to_numpy(bool), False)  # the last one is of what is missing: -1
    return pd.Series(found[codes], column.index)


def _readable(column: pd.Series, kind: str, digits: tuple[int, int]) -> pd.Series:
    match kind:
        case "code":
            return column.str.fullmatch(CODE) & (column.str.len() <= 64)
        case "gtin":
            return column.str.fullmatch(GTIN)
        case "amount":
            return column.str.fullmatch(f"-?[0-9]{{1,{digits[0]}}}(?:[.][0-9]{{1,{digits[1]}}})?")
        case "count":
            return column.str.fullmatch(COUNT)
        case "day":
            return column.str.fullmatch(DAY) & days(column).notna()
        case "instant":
            return column.str.fullmatch(INSTANT) & days(column.str.slice(0, 10)).notna()
        case _:
            raise ValueError(f"no reading for kind {kind!r}")


def days(column: pd.Series) -> pd.Series:
    """Calendar days of texts as YYYY-MM-DD, missing where there is no such day (or no such text).

    There is no year 0, though pandas counts one. Each of the texts, which are few, is read once.
    """
    codes, texts = pd.factorize(column)
    told = pd.Series(texts, dtype=TEXT)
    read = pd.to_datetime(told, format="%Y-%m-%d", errors="coerce").mask(told.str[:4] == "0000")
    return pd.Series(read.array.take(codes, allow_fill=True), column.index)


def _gs1_right(value: str, lengths: tuple[int, ...] = GS1_LENGTHS) -> bool:
    if len(value) not in lengths or not (value.isascii() and value.isdigit()):
        return False
    body = [int(c) for c in reversed(value[:-1])]
    return (10 - sum(d * (3 if i % 2 == 0 else 1) for i, d in enumerate(body)) % 10) % 10 == int(
        value[-1]
    )


def _sscc_right(value: str) -> bool:
    return _gs1_right(value, SSCC_LENGTHS)


def _mod37_right(value: str) -> bool:
    number, _, character = value.partition("\n")
    if len(number) != 13 or any(c not in MOD37_2[:36] for c in number):
        return False
    remainder = 0
    for c in number:  # Horner's rule, where PostgreSQL sums weighted digits
        remainder = (remainder + MOD37_2.index(c)) * 2 % 37
    return MOD37_2[(38 - remainder) % 37] == character


def _each_once(right: Callable[[str], bool]) -> Callable[[pd.Series], pd.Series]:
    """A check on every distinct text once: a file names few GTINs many times."""
    return lambda column: column.map(
        {value: right(value) for value in column.dropna().unique()}
    ).astype(bool)


def unknown(column: pd.Series, names: Names) -> pd.Series:
    """Whether each text is a word for not known, by what its column names; never where there is
    none.
    """
    told = pd.Series(column.dropna().unique(), dtype=TEXT)
    words = told[~told.str.contains(f"[{DIGITS}]")]  # none of them has a digit: most need no look
    return column.isin([word for word in words if is_unknown(word, names)])


def gtins(column: pd.Series) -> pd.Series:
    """GTIN-14 of texts that have as many digits as a GTIN may have, missing where the check digit
    is wrong.
    """
    return column.where(CHECKS["gs1"](column)).str.zfill(14)


CHECKS: Mapping[str, Callable[[pd.Series], pd.Series]] = {
    "gs1": _each_once(_gs1_right),
    "sscc": _each_once(_sscc_right),
    "mod37-2": _each_once(_mod37_right),
}
