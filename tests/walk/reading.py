"""The walk's reading: from the files of a landing folder to rows of text, and the lines that are no
row.

Plain Python on purpose: dicts and loops, nothing of the library. pyarrow only opens Parquet.
"""

import gzip
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet

from tests.walk.clocks import as_day, instant_of, told
from tests.walk.columns import COLUMNS
from tests.walk.delimited import Profile, Read, Row, fields_of, rows_of, spoilt
from tests.walk.logs import elapsed, no_reading, run_of, without_fraction
from tests.walk.measures import in_ascii
from tests.walk.numbers import Number, marked, of_kind, operated, untyped
from tests.walk.profiles import in_own_unit, version_of, versions
from tests.walk.unknown import nobody

CONTROLLER = {
    "Phase": "phase",
    "Step": "phase_step",
    "VacSetPT": "pressure_set_mtorr",
    "VacPirani": "pirani_mtorr",
    "VacCPM": "cm_mtorr",
    "ShelfSetPT": "shelf_set_c",
    "ShelfInlet": "shelf_c",
    "Condenser": "condenser_c",
    **{f"TP{n}": f"product_{n}_c" for n in range(1, 9)},
}


def profile_of(profiles: Path, sender: str) -> Profile:
    """What is written down about a sender's files."""
    path = profiles / f"{sender}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def read(path: Path, profile: Profile) -> tuple[str, list[Read]]:
    """The record type of a file and what each of its lines holds: nothing where the file is refused
    whole.
    """
    record, found = re.split(r"[-.]", path.name)[0], versions(profile)
    if record not in COLUMNS:  # a dryer's log; no version of one is asked for here
        return "lyophilisation_reading", _log(path, _decoded(_bytes(path), profile), profile)
    if len(found) > 1:
        version = version_of(path.name, found, [_header(path, one) for _, one in found], record)
        if version is None:
            return record, []
        profile = version
    return record, [
        (line, row and as_ours(record, row, profile)) for line, row in _rows(path, profile)
    ]


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _rows(path: Path, profile: Profile) -> Iterator[Read]:
    if path.suffix == ".parquet":
        return _parquet(path)
    if ".jsonl" in path.name:
        return _json_lines(_decoded(_bytes(path), {}))
    return rows_of(_decoded(_bytes(path), profile).split("\n"), 0, profile)


def _header(path: Path, profile: Profile) -> list[str] | None:
    """The names of a file's columns; None where they cannot be read in this way."""
    if path.suffix == ".parquet":
        return list(pyarrow.parquet.read_schema(path).names)
    if ".jsonl" in path.name:
        return list(
            next(row for _, row in _json_lines(_decoded(_bytes(path), {})) if row is not None)
        )
    first = _decoded(_bytes(path), profile).split("\n")[:1]
    return None if spoilt(first[0]) else fields_of(first, 0, profile.get("delimiter", ","))[0]


def _decoded(data: bytes, profile: Profile) -> str:
    """The text; a byte that cannot be decoded becomes a lone surrogate, so that its line can be
    told.
    """
    encoding = profile.get("encoding", "utf-8")
    return data.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="surrogateescape")


def _json_lines(text: str) -> Iterator[Read]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(
                line,
                parse_float=Number,
                parse_int=Number,
                parse_constant=Number,
                object_pairs_hook=_once,
            )
        except ValueError:
            row = None
        sound = (
            isinstance(row, dict)
            and not spoilt(line)
            and not spoilt("".join(map(str, (*row, *row.values()))))
        )
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
        text = {name: untyped(value, types[name]) for name, value in row.items()}
        yield number, None if "\0" in "".join(text.values()) else text


def as_ours(record: str, row: Row, profile: Profile) -> Row:
    """A row under our columns' names, in our way of writing."""
    names, trim = profile.get("columns", {}), profile.get("trim")
    ours = {
        names.get(name, name): _trimmed(value) if trim else value for name, value in row.items()
    }
    for name, (kind, detail) in COLUMNS[record].items():
        ours[name] = _value(record, name, of_kind(ours.get(name, ""), kind, detail), profile)
    if record == "test_result":
        operated(ours, profile)
    return ours


def _trimmed(text: str) -> str:
    return text.strip() if type(text) is str else text


def _value(record: str, name: str, text: str, profile: Profile, *, log: bool = False) -> str:
    kind, detail = COLUMNS[record][name]
    if nobody(record, name, text, profile.get("missing")):
        return "UNKNOWN"
    if name == "value_unit":
        return in_ascii(text)
    if kind == "day":
        return as_day(text, profile) if told(profile) else text
    if kind == "instant":
        return instant_of(text, profile)
    if kind in ("amount", "count") and (record, name) != ("test_result", "value"):
        text = marked(text, profile, kind)
        if no_reading(name, text, profile, log=log, reading=record == "lyophilisation_reading"):
            return ""
        if name == "elapsed_s":
            text = without_fraction(text)
        if name in profile.get("units", {}):
            return in_own_unit(name, text, profile["units"][name], kind, detail)
    return text


def _log(path: Path, text: str, profile: Profile) -> list[Read]:
    """A dryer's log: a controller's, which has a column CycleTime, or a historian's, whose tags the
    profile names.
    """
    lines = text.split("\n")
    controller = lines[0].startswith("Run started")
    top = next(
        i
        for i, line in enumerate(lines)
        if ("CycleTime" in line if controller else line.strip() and not line.startswith("#"))
    )
    table = rows_of(
        [("" if i > top and line.startswith("#") else line) for i, line in enumerate(lines)],
        top,
        profile,
    )
    rows = [
        (number, row and {_tag(n, profile): v.strip() for n, v in row.items()})
        for number, row in table
    ]
    tags = lines[top].rstrip("\r").split(profile.get("delimiter", ","))
    named = next((tag for tag in tags if _tag(tag, profile) == "elapsed_s"), tags[0])
    unit = profile.get("units", {}).get(
        "elapsed_s",
        (
            ""
            if named in ("CycleTime", tags[0])
            and (profile.get("columns", {}).get(named) != "elapsed_s")
            else "s"
        ),
    )
    run = run_of(path.name, profile)
    whose = {"plant": profile.get("plant", path.parent.name), **({"cycle": run} if run else {})}
    if not run and not any("cycle" in row for _, row in rows if row):
        return []
    return list(
        _timed(
            rows, _tag(named, profile), whose, (profile, unit, lines[0].removeprefix("Run started"))
        )
    )


def _tag(theirs: str, profile: Profile) -> str:
    """What a log's column is called here."""
    names: Row = {"CycleTime": "elapsed_s", **CONTROLLER, **profile.get("columns", {})}
    return names.get(theirs.strip(), theirs.strip())


def _timed(rows: list[Read], at: str, whose: Row, how: tuple[Profile, str, str]) -> Iterator[Read]:
    """The rows with their elapsed seconds, by run; none where a line's time is not understood, or
    goes back.
    """
    profile, unit, started = how
    runs = dict.fromkeys(row.get("cycle", "") for _, row in rows if row)
    seconds = {
        run: iter(
            elapsed(
                [row[at] for _, row in rows if row and row.get("cycle", "") == run],
                profile,
                unit,
                started,
            )
        )
        for run in runs
    }
    for number, row in rows:
        second = next(seconds[row.get("cycle", "")]) if row else None
        if row is None or second is None:
            yield number, None
            continue
        reading = {
            name: (
                _value("lyophilisation_reading", name, text, profile, log=True)
                if name in COLUMNS["lyophilisation_reading"]
                else ""
                if text.casefold() == "nan"
                else text
            )
            for name, text in row.items()
            if name != at
        }
        yield (
            number,
            {
                **reading,
                **{name: value for name, value in whose.items() if name not in reading},
                "elapsed_s": str(second),
            },
        )
