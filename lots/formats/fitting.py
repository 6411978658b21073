"""Which record type a file's columns fit; the nearest, where none does."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from lots.errors import FileRefused
from lots.formats import surroundings
from lots.grammar.schema import Record


def no_name_twice(names: tuple[str, ...]) -> None:
    twice = [n for n in names if names.count(n) > 1]
    if twice:
        places = " and ".join(str(at) for at, name in enumerate(names, 1) if name == twice[0])
        raise FileRefused(
            f"The header names one column twice (columns {places}); expected each once."
        )


def fitting_record(names: tuple[str, ...], file_name: str, records: Mapping[str, Record]) -> Record:
    """The one record type that fits; FileRefused where none does, or where header and name tell of
    two.
    """
    fits = [r for r in records.values() if set(r.required) <= set(names)]
    named = named_record(file_name, records)
    if not fits:
        raise FileRefused(
            surroundings.small(names, records)
            or _none_fits(names, named or _nearest(names, records))
        )
    # The sender's word decides where the columns allow it: few required columns fit several types.
    if named in fits:
        return named
    # By what would be left undeclared: of types that all fit, the one that knows the most columns.
    fewest = min(len(set(names) - {c.name for c in r.columns}) for r in fits)
    best = [r for r in fits if len(set(names) - {c.name for c in r.columns}) == fewest]
    if len(best) > 1:
        raise FileRefused(
            f"The header fits {len(best)} record types ({', '.join(r.name for r in best)}); "
            "expected the file's name to begin with one of them."
        )
    if named:
        raise FileRefused(
            f"The file is named as {named.name} but its header is that of {best[0].name}; "
            "expected both to say the same."
        )
    return best[0]


def named_record(file_name: str, records: Mapping[str, Record]) -> Record | None:
    """The record type whose name the file's name begins with; the longest, as lot and lot_input
    both may.
    """
    # Digits and marks are joints: donation-2026-07.csv and donation_7.csv are both of donation.
    stem = re.sub(r"[^a-z]+", "_", PurePosixPath(file_name).name.lower())
    found = [r for r in records.values() if re.match(rf"{r.name}(_|$)", stem)]
    return max(found, key=lambda r: len(r.name), default=None)


def _nearest(names: tuple[str, ...], records: Mapping[str, Record]) -> Record | None:
    def shared(record: Record) -> int:
        return len({c.name for c in record.columns} & set(names))

    best = max(records.values(), key=shared, default=None)
    return best if best and shared(best) > 1 else None


def _none_fits(names: tuple[str, ...], near: Record | None) -> str:
    got = _shown(names, near)
    if near is None:
        return (
            f"The header fits no record type; got {got}. 'lots template RECORD' shows what is"
            " expected."
        )
    missing = [n for n in near.required if n not in names]
    return (
        f"The header fits no record type: for {near.name} it lacks {', '.join(missing)}; got {got}."
        f" 'lots template {near.name}' shows what is expected."
    )


def _shown(names: tuple[str, ...], near: Record | None) -> str:
    """What a header has, by the declared names alone: where there is no header, the others are
    people's data.
    """
    known = {c.name for c in near.columns} if near else set()
    told = [n for n in names if n in known]
    other = len(names) - len(told)
    return ", ".join([*told, *([f"{other} columns of another name"] if other else [])])
