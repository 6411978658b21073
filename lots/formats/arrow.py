"""Columns of Parquet as texts in the template's forms: typed values without loss, and nothing cut
off in silence.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfoNotFoundError

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lots import zones
from lots.errors import FileRefused
from lots.formats.typed import text_of_typed
from lots.grammar.column import Column
from lots.grammar.schema import Kind

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
# zoneinfo knows no bare offsets, which is how Arrow writes a zone that has no name.
FIXED = re.compile("([+-])([01][0-9]|2[0-3]):?([0-5][0-9])")
# Exporters write a day as an instant at midnight; of a column of days nothing but the day is left.
MIDNIGHT = r"T00:00:00(?:\.0+)?(?:[+-][0-9:]+)?$"


def has_type(kind: pa.DataType) -> bool:
    """Whether a column's values are numbers or truth values,
    so that no sender's marks are in them.
    """
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
    )


def texts(column: "pa.Array[Any]", declared: Column | None = None) -> "pa.Array[Any]":
    """The column as texts, null where empty. Raises FileRefused where its type has none."""
    kind = column.type
    check_type(kind)
    if pa.types.is_dictionary(kind):
        return texts(column.cast(kind.value_type), declared)
    if has_type(kind):
        return _numbers(column, declared)
    if pa.types.is_timestamp(kind):
        return _moments(column, declared)
    if pa.types.is_duration(kind):  # a number without its unit would be read as one
        return _durations(column)
    return _words(column)


def check_type(kind: pa.DataType) -> None:
    """Raise FileRefused for a type whose values have no text, before any of them is read."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    # An allow-list: a type of a later Arrow is refused with its name, not cast to a text that
    # nobody chose.
    if not (
        has_type(kind)
        or _is_text(kind)
        or pa.types.is_timestamp(kind)
        or pa.types.is_duration(kind)
        or pa.types.is_null(kind)
        or pa.types.is_date(kind)
        or pa.types.is_time(kind)
    ):
        raise FileRefused(
            f"The Parquet file has a column of type {kind}; expected texts, numbers, days or"
            " instants."
        )


def _durations(column: "pa.Array[Any]") -> "pa.Array[Any]":
    found: Any = pc.binary_join_element_wise(
        column.cast(pa.int64()).cast(pa.string()), column.type.unit, " "
    )
    return cast("pa.Array[Any]", found)


def _words(column: "pa.Array[Any]") -> "pa.Array[Any]":
    text: Any = column.cast(pa.string())
    return cast(
        "pa.Array[Any]",
        # An empty text and no value are one thing, here as in CSV.
        pc.if_else(pc.equal(text, pa.scalar("")), pa.scalar(None, pa.string()), text),
    )


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _numbers(column: "pa.Array[Any]", declared: Column | None) -> "pa.Array[Any]":
    """The shortest decimal that a number stands for."""
    # Arrow's own text of half a float is that of a wider one: 0.1 would become 0.0999755859375.
    if pa.types.is_float16(column.type):
        return _each(
            [
                None if v is None else np.format_float_positional(np.float16(v), trim="-")
                for v in column.to_pylist()
            ],
            declared,
        )
    text = column.cast(pa.string())
    if declared is None or pa.types.is_integer(column.type):
        return text
    return _each(text.to_pylist(), declared) if _odd(column, text) else text


def _odd(column: "pa.Array[Any]", text: "pa.Array[Any]") -> bool:
    """Whether some text has an exponent, idle zeros or words, so that each must be looked at."""
    if pa.types.is_floating(column.type):
        # Arrow writes floats without idle zeros, so most columns need no look at each text.
        return bool(pc.any(pc.match_substring_regex(text, "e|^-0$")).as_py())
    return True


def _each(values: list[str | None], declared: Column | None) -> "pa.Array[Any]":
    if declared:
        values = [v and text_of_typed(v, declared) for v in values]
    return pa.array(values, pa.string())


def _moments(column: "pa.Array[Any]", declared: Column | None) -> "pa.Array[Any]":
    """Instants with their offset, as exact as they are; midnight of the zone that they are in is
    its day.
    """
    unit, zoned = column.type.unit, column.type.tz
    shifts = _shifts(column, _zone(zoned)) if zoned else None
    if shifts is not None:
        # Moved by hand to local time: strftime with a zone would ask the machine's own database of
        # zones.
        utc: Any = column.cast(pa.timestamp(unit, "UTC")).cast(pa.int64())
        column = pc.add(utc, pc.multiply(shifts, PER_SECOND[unit])).cast(pa.timestamp(unit))
    # %S brings all the digits of the column's unit; idle zeros go, so that seconds, milliseconds
    # and nanoseconds of one instant have one text.
    text: Any = pc.strftime(column, "%Y-%m-%dT%H:%M:%S")
    for pattern, by in ((r"(\.[0-9]*?)0+$", r"\1"), (r"\.$", "")):
        text = pc.replace_substring_regex(text, pattern, by)
    if shifts is not None:
        each = shifts.dictionary_encode()
        # A column has few offsets, whatever its length: each is written once.
        names = pa.array([_offset(seconds) for seconds in each.dictionary.to_pylist()], pa.string())
        text = pc.binary_join_element_wise(text, names.take(each.indices), "")
    if declared and declared.kind is Kind.DAY:
        text = pc.replace_substring_regex(text, MIDNIGHT, "")
    return cast("pa.Array[Any]", text)


def _shifts(column: "pa.Array[Any]", zone: tzinfo) -> Any:
    """How many seconds a zone is ahead of UTC at each instant, by our own database of zones and not
    by Arrow's.
    """
    seconds: Any = (
        # Down, not towards zero: half a second before 1970 belongs to the second before.
        pc.floor_temporal(column, unit="second").cast(pa.timestamp("s", "UTC")).cast(pa.int64())
    )
    each = seconds.dictionary_encode()
    return pa.array([_shift(at, zone) for at in each.dictionary.to_pylist()], pa.int64()).take(
        each.indices
    )


def _shift(seconds: int, zone: tzinfo) -> int:
    """UTC where the calendar has no such day, or where an offset has seconds, which nothing could
    be written with.
    """
    try:
        moment = (EPOCH + timedelta(seconds=seconds)).astimezone(zone)
    except OverflowError:
        return 0
    shift = int((moment.utcoffset() or timedelta()).total_seconds())
    return 0 if shift % 60 else shift


def _offset(seconds: int) -> str:
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"


def _zone(name: str) -> tzinfo:
    told = FIXED.fullmatch(name)
    if told:
        ahead = timedelta(hours=int(told[2]), minutes=int(told[3]))
        return timezone(-ahead if told[1] == "-" else ahead)
    try:
        return zones.zone(name)
    except ZoneInfoNotFoundError as error:
        raise FileRefused(
            "The Parquet file has instants in a time zone that is not known; expected a name such"
            " as Europe/Berlin, or an offset such as +01:00."
        ) from error
