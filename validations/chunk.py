"""Some rows of a file, as pandas' columns: what of each can be read, what it means and which rule
it breaks.
"""

import json
from datetime import datetime
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from lots.grammar.column import Rule
from lots.grammar.constraints import latest_day
from lots.grammar.schema import (
    AnyOf,
    AtMostByBand,
    Between,
    CheckCharacter,
    Differ,
    Happened,
    Kind,
    Known,
    OneOf,
    Ordered,
    Present,
    Readable,
    Record,
    Shaped,
    columns_of,
)
from validations import exact, values

# beside a row's columns: what was sent in place of a value that was turned, as JSON by column
SENT = "sent"


NUMBERED = (Kind.AMOUNT, Kind.COUNT, Kind.DAY, Kind.INSTANT)


class Chunk:
    """A chunk of rows as texts (missing where empty), with the typed columns that rules ask for
    made once.

    latest: the last day that any place had when the rows were received.
    """

    def __init__(self, record: Record, raw: pd.DataFrame, received_at: datetime) -> None:
        self.record, self.raw = record, raw
        # A file is received somewhere: no place on earth has a later day, so what lies beyond it is
        # in the future.
        self.latest = pd.Timestamp(latest_day(received_at))
        # Made when first asked for: a record has some thirty rules over few columns.
        self._text: dict[str, pd.Series] = {}
        self._typed: dict[str, pd.Series] = {}
        self._shaped: dict[str, pd.Series] = {}
        self._exact: dict[str, pa.Array[Any]] = {}
        self._unknown: dict[str, pd.Series] = {}

    def told(self, name: str) -> pd.Series:
        """The column as it was sent; all missing where the file does not have it."""
        return (
            self.raw[name]
            if name in self.raw
            else pd.Series(pd.NA, index=self.raw.index, dtype=values.TEXT)
        )

    def text(self, name: str) -> pd.Series:
        """The column as texts; missing where it is empty or says that it is not known."""
        if name not in self._text:
            told, unknown = self.told(name), self.unknown(name)
            self._text[name] = told.mask(unknown) if unknown.any() else told
        return self._text[name]

    def unknown(self, name: str) -> pd.Series:
        """Where a column that names something says that it is not known."""
        if name not in self._unknown:
            column, told = self.record.column(name), self.told(name)
            when = column.named_when
            spoken_of = self.told(when.column).isin(when.values) if when else True
            self._unknown[name] = (
                values.unknown(told, column.names) & spoken_of
                if column.names and np.any(spoken_of)
                else pd.Series(data=False, index=told.index)
            )
        return self._unknown[name]

    def typed(self, name: str) -> pd.Series:
        """The column's values, missing where empty or not readable."""
        if name not in self._typed:
            column, raw = self.record.column(name), self.text(name)
            if column.kind is Kind.CHOICE:
                self._typed[name] = raw.where(raw.isin(column.choices))
            elif column.kind is Kind.TEXT:
                self._typed[name] = raw
            elif column.kind is Kind.GTIN:
                self._typed[name] = values.gtins(self.shaped(name))
            elif column.kind is Kind.CODE:
                self._typed[name] = self.shaped(name)
            else:
                made = exact.typed(self.exact(name), column.kind, column.digits)
                self._typed[name] = made.set_axis(self.raw.index)
        return self._typed[name]

    def shaped(self, name: str) -> pd.Series:
        """The texts that have the shape of the column's kind; missing elsewhere."""
        if name not in self._shaped:
            column, raw = self.record.column(name), self.text(name)
            ok = values.readable(raw, str(column.kind), column.digits)
            self._shaped[name] = raw if ok.sum() == raw.notna().sum() else raw.where(ok)
        return self._shaped[name]

    def exact(self, name: str) -> "pa.Array[Any]":
        """The column's values without any rounding: texts, or whole numbers of the smallest
        unit.
        """
        if name not in self._exact:
            column = self.record.column(name)
            self._exact[name] = (
                exact.numbers(exact.arrow(self.shaped(name)), column.kind, column.digits)
                if column.kind in NUMBERED
                else (exact.arrow(self.typed(name)))
            )
        return self._exact[name]

    def offsets(self, name: str) -> "pa.Array[Any]":
        """The offsets of a column of instants, in minutes."""
        return exact.offsets(exact.arrow(self.shaped(name)))

    def unread(self, name: str) -> pd.Series | None:
        """The texts that have no value in their column, as they were sent before anything was
        turned; None if none.
        """
        raw, missing = self.told(name), self.typed(name).isna()
        if raw.isna().sum() == missing.sum():
            return None
        unread = raw.where(missing)
        turned = unread.notna() & self.told(SENT).notna()
        told = [
            # What stood in the file, not what was made of it: the other reading compares that too.
            json.loads(said).get(name, {}).get("text", text)
            for said, text in zip(self.told(SENT)[turned], unread[turned], strict=True)
        ]
        if told:
            unread = unread.astype(object)
            unread[turned] = told
        return unread

    def day(self, name: str) -> pd.Series:
        """The local calendar day, as sent, of a readable day or instant."""
        if self.record.column(name).kind is Kind.DAY:
            return self.typed(name)
        # The date as it was sent: a local day, which UTC would move at night.
        return values.days(self.text(name).str.slice(0, 10)).where(self.typed(name).notna())


def judged_columns(chunk: Chunk, rule: Rule) -> dict[str, pd.Series]:
    """The columns on which the rule's expectation runs: rows out of its scope are missing, and so
    not judged.
    """
    match rule.constraint:
        case Present() | AnyOf() as wanted:
            columns = {rule.id: _presence(chunk, columns_of(wanted), rule)}
        case Known(name):
            columns = {rule.id: _met(~chunk.unknown(name), chunk.told(name).notna())}
        case Readable(name) | OneOf(name, _) as read:
            columns = {
                rule.id: _readable(chunk, name) if isinstance(read, Readable) else chunk.text(name)
            }
        case Shaped(name, pattern):
            raw = chunk.text(name)
            columns = {rule.id: _met(raw.str.fullmatch(f"(?:{pattern})"), raw.notna())}
        case Differ(first, second):
            one, other = chunk.text(first), chunk.text(second)
            columns = {rule.id: _met(one != other, one.notna() & other.notna())}
        case CheckCharacter() as check:
            columns = {rule.id: _checked(chunk, check)}
        case Between(name):
            columns = {rule.id: chunk.typed(name)}
        case Ordered() | Happened() as days:
            columns = _pair(chunk, rule.id, days)
        case AtMostByBand() as band:
            columns = {rule.id: _margin(chunk, band)}
    scope = _scope(chunk, rule)
    return (
        columns
        if scope is None
        else {name: column.where(scope) for name, column in columns.items()}
    )


def _readable(chunk: Chunk, name: str) -> pd.Series:
    """Whether each text has its column's shape; of a choice the text, which is sought among its
    words.
    """
    raw = chunk.text(name)
    if chunk.record.column(name).kind is Kind.CHOICE:
        return raw
    return _met(chunk.shaped(name).notna(), raw.notna())


def _met(right: pd.Series, asked: pd.Series) -> pd.Series:
    """Whether a row is right, as 1 or 0, and missing where it is not asked: objects take long."""
    return right.astype(float).where(asked)


def _checked(chunk: Chunk, check: CheckCharacter) -> pd.Series:
    """What a check character is computed of; of a GTIN its text, since one with a wrong digit has
    no value.
    """
    if chunk.record.column(check.column).kind is Kind.GTIN:
        return chunk.shaped(check.column)
    value = chunk.typed(check.column)
    return value + "\n" + chunk.typed(check.character) if check.character else value


def _presence(chunk: Chunk, names: tuple[str, ...], rule: Rule) -> pd.Series:
    """The first text that is there; where the rule has a scope, whether there is one (missing then
    means out of it).
    """
    found = reduce(lambda a, b: a.fillna(b), (chunk.text(name) for name in names))
    return found.notna().astype(float) if scoped(rule) else found


def _pair(chunk: Chunk, name: str, days: Ordered | Happened) -> dict[str, pd.Series]:
    """Two days or instants; of what has happened, how many days it lies before the last day at its
    receipt.
    """
    if isinstance(days, Happened):
        return {name: (chunk.latest - chunk.day(days.column)).dt.days}
    earlier, later = days.earlier, days.later
    by_day = any(chunk.record.column(c).kind is Kind.DAY for c in (earlier, later))
    read = chunk.day if by_day else chunk.typed
    return {name: read(later), f"{name} earlier": read(earlier)}


def _margin(chunk: Chunk, band: AtMostByBand) -> pd.Series:
    by = chunk.typed(band.by)
    (_, least), *higher = band.bands
    limit = pd.Series(float("nan"), index=by.index).where(by.isna(), float(least))
    for start, most in higher:
        # Bands rise, so each higher one that is reached replaces the limit below it.
        limit = limit.where(~(by >= float(start)), float(most))
    return limit - chunk.typed(band.column)


def scoped(rule: Rule) -> bool:
    """Whether the rule speaks of some rows only."""
    return bool(rule.when or rule.since or rule.until)


def _scope(chunk: Chunk, rule: Rule) -> pd.Series | None:
    """Which rows the rule speaks of; None for all."""
    masks = [] if rule.when is None else [chunk.text(rule.when.column).isin(rule.when.values)]
    if rule.since or rule.until:
        day = chunk.day(chunk.record.at)
        masks += [day >= pd.Timestamp(rule.since)] if rule.since else []
        masks += [day < pd.Timestamp(rule.until)] if rule.until else []
    return reduce(lambda a, b: a & b, masks) if masks else None
