"""The walk's reading: from the files of a landing folder to rows of text, and the lines that are no row.

Plain Python on purpose: dicts and loops, nothing of the library. pyarrow only opens Parquet.
"""

import gzip
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet

from tests.acceptance.walk_numbers import Number, in_ascii, marked, of_kind, operated, untyped
from tests.acceptance.walk_profiles import in_own_unit, version_of, versions
from tests.acceptance.walk_table import COLUMNS

Row = dict[str, str]
Profile = dict[str, Any]
Read = tuple[int, Row | None]  # the line, and the row's text by column; None where the line is no row
NO_READING = ("999", "999.0", "999.9", "-999", "NaN")
CONTROLLER = {
    "Phase": "phase", "Step": "phase_step", "VacSetPT": "pressure_set_mtorr", "VacPirani": "pirani_mtorr",
    "VacCPM": "cm_mtorr", "ShelfSetPT": "shelf_set_c", "ShelfInlet": "shelf_c", "Condenser": "condenser_c",
    **{f"TP{n}": f"product_{n}_c" for n in range(1, 9)},
}


def profile_of(profiles: Path, sender: str) -> Profile:
    """What is written down about a sender's files."""
    path = profiles / f"{sender}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def read(path: Path, profile: Profile) -> tuple[str, list[Read]]:
    """The record type of a file and what each of its lines holds: nothing where the file is refused whole."""
    record, found = re.split(r"[-.]", path.name)[0], versions(profile)
    if record not in COLUMNS:  # a dryer's log; no version of one is asked for here
        return "lyophilisation_reading", list(_log(path, _decoded(_bytes(path), profile), profile))
    if len(found) > 1:
        version = version_of(path.name, found, [_header(path, one) for _, one in found], record)
        if version is None:
            return record, []
        profile = version
    return record, [(line, row and _as_ours(record, row, profile)) for line, row in _rows(path, profile)]


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _rows(path: Path, profile: Profile) -> Iterator[Read]:
    if path.suffix == ".parquet":
        return _parquet(path)
    if ".jsonl" in path.name:
        return _json_lines(_decoded(_bytes(path), {}))
    return _table(_decoded(_bytes(path), profile).split("\n"), 0, profile)


def _header(path: Path, profile: Profile) -> list[str] | None:
    """The names of a file's columns; None where they cannot be read in this way."""
    if path.suffix == ".parquet":
        return list(pyarrow.parquet.read_schema(path).names)
    if ".jsonl" in path.name:
        return list(next(row for _, row in _json_lines(_decoded(_bytes(path), {})) if row is not None))
    first = _decoded(_bytes(path), profile).split("\n")[:1]
    return None if _spoilt(first[0]) else _fields(first, 0, profile.get("delimiter", ","))[0]


def _decoded(data: bytes, profile: Profile) -> str:
    """The text; a byte that cannot be decoded becomes a lone surrogate, so that its line can be told."""
    encoding = profile.get("encoding", "utf-8")
    return data.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="surrogateescape")


def _table(lines: list[str], top: int, profile: Profile) -> Iterator[Read]:
    """The rows of a table whose header is the line at index `top`."""
    delimiter = profile.get("delimiter", ",")
    header, at = _fields(lines, top, delimiter)
    assert header is not None
    while at < len(lines):
        first, (fields, at) = at, _fields(lines, at, delimiter)
        whole = "\n".join(lines[first:at])
        if not whole.strip():
            continue
        if fields is None or len(fields) != len(header) or fields == header or _spoilt(whole):
            yield first + 1, None
        else:
            yield first + 1, dict(zip(header, fields, strict=True))


def _spoilt(text: str) -> bool:
    """A NUL, or a byte that could not be decoded."""
    return "\0" in text or any("\ud800" <= c <= "\udfff" for c in text)


def _fields(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The fields of the record that starts at a line and the index after it; no fields where its quote never closes.

    A quote opens a field at its start and closes it before a delimiter or the line's end; any other one does not fit.
    """
    fields: list[str] = []
    rest, last = lines[at].removesuffix("\r"), at
    while True:
        if rest.startswith('"'):
            field, rest, last = _quoted(lines, last, rest[1:])
            if field is None or (rest and not rest.startswith(delimiter)):
                return None, at + 1
            more, rest = rest[:len(delimiter)], rest[len(delimiter):]
        else:
            field, more, rest = rest.partition(delimiter)
            if '"' in field:
                return None, at + 1
        fields.append(field)
        if not more:
            return fields, last + 1


def _quoted(lines: list[str], last: int, text: str) -> tuple[str | None, str, int]:
    """A field from after its opening quote, what follows it, and the line of its end; None where it never closes."""
    parts: list[str] = []
    while (end := _closing(text)) < 0:
        parts.append(text)
        last += 1
        if last == len(lines):
            return None, "", last
        text = lines[last].removesuffix("\r")
    return "\n".join([*parts, text[:end]]).replace('""', '"'), text[end + 1:], last


def _closing(text: str) -> int:
    """Where the quote that is open at a text's start closes; a doubled one stands for itself. -1 where it does not."""
    at = text.find('"')
    while at >= 0 and text[at + 1:at + 2] == '"':
        at = text.find('"', at + 2)
    return at


def _json_lines(text: str) -> Iterator[Read]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_float=Number, parse_int=Number, parse_constant=Number, object_pairs_hook=_once)
        except ValueError:
            row = None
        sound = isinstance(row, dict) and not _spoilt(line) and not _spoilt("".join(map(str, row.values())))
        yield number, {k: untyped(v) for k, v in row.items()} if sound else None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; ValueError where it names one field twice."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _parquet(path: Path) -> Iterator[Read]:
    table = pyarrow.parquet.read_table(path)
    types = {field.name: str(field.type) for field in table.schema}
    for number, row in enumerate(table.to_pylist(), 1):
        yield number, {name: untyped(value, types[name]) for name, value in row.items()}


def _as_ours(record: str, row: Row, profile: Profile) -> Row:
    """A row under our columns' names, in our way of writing."""
    names, trim = profile.get("columns", {}), profile.get("trim")
    ours = {names.get(name, name): _trimmed(value) if trim else value for name, value in row.items()}
    for name, (kind, detail) in COLUMNS[record].items():
        ours[name] = _value(record, name, of_kind(ours.get(name, ""), kind, detail), profile)
    if record == "test_result":
        operated(ours, profile)
    return ours


def _trimmed(text: str) -> str:
    return text.strip() if type(text) is str else text


def _value(record: str, name: str, text: str, profile: Profile) -> str:
    kind, detail = COLUMNS[record][name]
    if name == "value_unit":
        return in_ascii(text)
    if kind == "instant" and "zone" in profile:
        return _with_offset(text, ZoneInfo(profile["zone"]))
    if kind in ("amount", "count") and (record, name) != ("test_result", "value"):
        text = marked(text, profile, kind)
        if name in profile.get("units", {}):
            return in_own_unit(name, text, profile["units"][name], kind, detail)
    return text


def _with_offset(text: str, zone: ZoneInfo) -> str:
    """A bare local time with its zone's offset; a local hour that does not exist, or exists twice, stays as it is."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?", text, re.ASCII):
        return text
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return text
    early, late = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if early != late or early is None:
        return text
    minutes = int(early.total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{text}{sign}{minutes // 60:02}:{minutes % 60:02}"


def _log(path: Path, text: str, profile: Profile) -> Iterator[Read]:
    """A dryer's log: a controller's, whose clock has no date, or a historian's, whose tags the profile names."""
    lines = text.split("\n")
    historian = lines[0].startswith("#")
    top = next(i for i, line in enumerate(lines)
               if (not line.startswith("#") if historian else "CycleTime" in line.split(",")))
    names = profile.get("columns", {}) if historian else CONTROLLER
    clock = "Timestamp" if historian else "CycleTime"
    whose = {"plant": profile.get("plant", path.parent.name), "cycle": path.name.split(".")[0]}
    start = last = None
    for number, row in _table([("" if i > top and line.startswith("#") else line) for i, line in enumerate(lines)],
                              top, profile):
        if row is None:
            yield number, None
            continue
        at = _moment(row.pop(clock), last)
        start, last = start or at, at or last
        elapsed = "" if at is None or start is None else str(int((at - start).total_seconds()))
        read = {names.get(n, n): "" if v in NO_READING else v for n, v in row.items()}
        yield number, {**read, **whose, "elapsed_s": elapsed}


def _moment(text: str, last: datetime | None) -> datetime | None:
    """The moment of a log's line; a clock without a date that runs back has passed a midnight."""
    if re.fullmatch(r"\d\d:\d\d:\d\d", text):
        day = last or datetime(2000, 1, 1, tzinfo=UTC)
        at = datetime.combine(day.date(), datetime.strptime(text, "%H:%M:%S").time(), UTC)  # noqa: DTZ007
        return at if last is None or at >= last else at + timedelta(days=1)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
