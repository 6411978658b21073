"""A hospital whose export differs: own column names, semicolons, decimal comma, Latin-1, local
times without zone.

Half-way it changes its template: a column renamed, one that it did not tell before, amounts in
another unit, one of them under the name that it had.
"""

from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from synthetic import data
from synthetic.world import clock, parties
from synthetic.writing.columns import Texts

DELIMITER, ENCODING = ";", "latin-1"
TOLD = data.table("writing/german")
FIRST: Mapping[str, str] = TOLD["first"]
CHANGED = 248  # 6 September, between its third course and its fourth
PRINTED = "gtin"  # as under a bar code of 13 digits: without the zero that leads it
RENAMED, ADDED, UNITS = TOLD["renamed"], TOLD["added"], TOLD["units"]
IN_OURS = {"mg": Decimal(1_000), "L": Decimal("0.001")}  # of each unit, how much is one of ours
DAY_IN_NAME = "reconstitution"  # whose Menge is mL first, then L: only the file's name can tell
REMARK = "Bemerkung"


def form(day: int) -> str:
    """The form of its files of a day: what is of two templates never goes together."""
    return "german" if day < CHANGED else "german_new"


def names(day: int) -> Mapping[str, str]:
    """What its template of a day calls our columns."""
    if day < CHANGED:
        return FIRST
    new = {**RENAMED, **ADDED}
    return {**{their: our for their, our in FIRST.items() if our not in new.values()}, **new}


def table(ours: pa.Table, day: int) -> pa.Table:
    """The table by the template of a day, with a remark that nobody declared."""
    told = _in_its_units(ours) if day >= CHANGED else _without(ours, ADDED)
    told = _printed(told) if PRINTED in told.column_names else told
    theirs = {our: their for their, our in names(day).items()}
    renamed = told.rename_columns([theirs.get(n, n) for n in told.column_names])
    remarks = [TOLD["remarks"][n % len(TOLD["remarks"])] for n in range(ours.num_rows)]
    return renamed.append_column(REMARK, pa.array(remarks, pa.string()))


def _without(ours: pa.Table, left_out: Mapping[str, str]) -> pa.Table:
    return ours.drop_columns([n for n in left_out.values() if n in ours.column_names])


def _printed(ours: pa.Table) -> pa.Table:
    column = pc.replace_substring_regex(ours.column(PRINTED), "^0([0-9]{13})$", r"\1")
    return ours.set_column(ours.column_names.index(PRINTED), PRINTED, column)


def _in_its_units(ours: pa.Table) -> pa.Table:
    for at, name in enumerate(ours.column_names):
        if name in UNITS:
            column = pa.array(ours.column(name).to_pylist(), pa.string())
            ours = ours.set_column(at, name, _times(column, IN_OURS[UNITS[name]]))
    return ours


def _times(amounts: Texts, factor: Decimal) -> Texts:
    """Amounts with a decimal comma, so many times as large; each distinct text once."""
    distinct = amounts.unique()
    turned = [
        t and f"{(Decimal(t.replace(',', '.')) * factor).normalize():f}".replace(".", ",")
        for t in distinct.to_pylist()
    ]
    return pa.array(turned, pa.string()).take(pc.index_in(amounts, distinct))


def file_name(record: str, number: str, day: int) -> str:
    """The name of a file whose period begins on a day."""
    told = f"-{clock.day(day)}" if record == DAY_IN_NAME else ""
    return f"{record}-{number}{told}.csv"


def profile() -> str:
    """Its profile, as TOML."""
    units = "\n".join(f'{our} = "{unit}"' for our, unit in UNITS.items())
    return (
        f'encoding = "{ENCODING}"\ndelimiter = "{DELIMITER}"\ndecimal_comma = true\ntrim = true\n'
        f'zone = "{parties.zone_of(parties.GERMAN)}"\n\n[columns]\n{_columns(0)}\n\n'
        f"[[version]]\nfrom = {clock.day(CHANGED)}\n\n[version.columns]\n{_columns(CHANGED)}\n\n"
        f"[version.units]\n{units}\n"
    )


def _columns(day: int) -> str:
    return "\n".join(f'"{their}" = "{our}"' for their, our in names(day).items())
