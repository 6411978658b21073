"""The keys that can still be read in a file that was refused whole: of all its rows, or none."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from lots.errors import FileRefused
from lots.formats.fitting import named_record
from lots.formats.profile import Profile
from lots.formats.source import unpacked
from lots.grammar.schema import Kind, Record

MOST = 16 << 20  # bytes: of a larger file a person says that nobody need wait for it
HEAD_LINES = 40
DELIMITERS = (",", ";", "\t", "|")
Legible = tuple[str, frozenset[tuple[str, ...]]]  # a record, and the key of each row


def keys(
    stream: BinaryIO, size: int, name: str, records: Mapping[str, Record], profile: Profile
) -> Legible | None:
    """The record and the key of each row where a text has a header with the whole key of one record
    type and no row without it; else None: what else stands in the file nobody knows then.
    """
    if size > MOST:
        return None
    try:
        data = unpacked(stream, size).read(MOST + 1)
    except FileRefused:  # damaged: what is missing may be anything
        return None
    if len(data) > MOST:
        return None
    for text in _texts(data, profile):
        if found := _of_text(text, name, records, profile):
            return found
    return None


def _texts(data: bytes, profile: Profile) -> Iterator[str]:
    """A file as text in each way that it may be one."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else (profile.encoding, "utf-8-sig", "latin-1"):
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue


def _of_text(
    text: str, name: str, records: Mapping[str, Record], profile: Profile
) -> Legible | None:
    lines = text.splitlines()
    for at, line in enumerate(lines[:HEAD_LINES]):
        delimiter = profile.delimiter or max(DELIMITERS, key=line.count)
        names = [_ours(cell, profile) for cell in line.split(delimiter)]
        if record := _record(names, name, records):
            below = csv.reader(
                io.StringIO("\n".join(lines[at + 1 :])), delimiter=delimiter, strict=True
            )
            try:
                return _keys(record, names, [row for row in below if any(map(str.strip, row))])
            except csv.Error:
                return None
    return None


def _ours(cell: str, profile: Profile) -> str:
    bare = cell.strip().strip('"').strip()
    return profile.columns.get(bare, bare).lower()


def _record(names: Sequence[str], file_name: str, records: Mapping[str, Record]) -> Record | None:
    """The record type whose whole key a header has, and most of whose columns: no other may fit as
    well, nor may the file be named as another.
    """
    known = {
        r.name: len(set(names) & {c.name for c in r.columns})
        for r in records.values()
        if all(names.count(part) == 1 for part in r.key)
    }
    best = [name for name, many in known.items() if many == max(known.values())]
    named = named_record(file_name, records)
    if len(best) != 1 or (named is not None and named.name != best[0]):
        return None
    return records[best[0]]


def _keys(record: Record, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Legible | None:
    places = [(names.index(part), record.column(part).kind is Kind.GTIN) for part in record.key]
    found = []
    for row in rows:
        if len(row) != len(names):
            return None
        parts = [(row[at].strip(), gtin) for at, gtin in places]
        key = tuple(part.zfill(14) if gtin else part for part, gtin in parts)
        if not all(part and part.isascii() and part.isprintable() for part, _ in parts):
            return None
        found.append(key)
    return (record.name, frozenset(found)) if found else None
