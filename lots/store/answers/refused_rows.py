"""Refused rows that may be of an answer, and what can be read of them (docs/certificate.md)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from lots.questions.path import edge_records, lines
from lots.records import records
from lots.store.answers import read_once
from lots.store.queries import query

FIRST = 3  # of many that mean the same, as many as an answer tells by their places


class Place(NamedTuple):
    """Where a row stands, in the order in which rows are told."""

    file_name: str
    line: int
    receipt: int
    sender: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused rows of a record that mean the same: how many, and where the first of them stand, and
    the first of each sender; and the pool or lot that their readable links lead to.
    """

    record: str
    node: int | None
    many: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What can be read of the label of a refused line of vials, and the packed lots that it leads to.
    vials: None where it does not say how many.
    """

    gtin: str | None
    serial: str | None
    lot_number: str | None
    vials: int | None
    lots: frozenset[int]


class Pack(NamedTuple):
    """What is told of a pack of which no row stands, or none that tells its lot: the lot's maker and
    number, and its GTIN; None what nobody tells, or can read.
    """

    maker: str | None
    number: str | None
    gtin: str | None


def packs(connection: sa.Connection) -> tuple[Pack, ...]:
    """Packs of which a row was refused, or does not tell the lot."""

    def read() -> tuple[Pack, ...]:
        rows = connection.execute(query("packs_untold"))
        return tuple(Pack(r.maker, r.number, r.gtin) for r in rows)

    return read_once.once(connection, "packs untold", read)


def refused(connection: sa.Connection, names: Iterable[str]) -> list[Refused]:
    """Refused rows of these records, and of no known one: those that lead to a pool or lot, and
    lines of vials, one by one, others by their record.
    """
    asked = sorted(names)
    return read_once.once(connection, ("refused", *asked), lambda: _refused(connection, asked))


def _refused(connection: sa.Connection, names: list[str]) -> list[Refused]:
    made = {*edge_records(records()), "pool_unit"}
    apart = {r.name for r in lines(records())}
    asked = {"records": names, "makers": sorted(made), "apart": sorted(apart)}
    alike: dict[object, list[Any]] = defaultdict(list)
    for row in connection.execute(query("ends_refused"), asked).all():
        one_by_one = row.node is not None or row.record in apart
        alike[(row.receipts[0], row.lines[0]) if one_by_one else row.record].append(row)
    found = [_alike(of) for of in alike.values()]
    return sorted(found, key=lambda one: one.places[0])


def _alike(rows: Sequence[Any]) -> Refused:
    """What the senders of some rows that mean the same told."""
    every = sorted(
        Place(file_name, line, receipt, row.sender)
        for row in rows
        for file_name, line, receipt in zip(row.file_names, row.lines, row.receipts, strict=True)
    )
    seen = set[str]()
    places = list[Place]()
    for place in every:
        if len(places) < FIRST or place.sender not in seen:
            places.append(place)
            seen.add(place.sender)
    return Refused(rows[0].record, rows[0].node, sum(row.many for row in rows), tuple(places))


def labelled(connection: sa.Connection, names: Iterable[str]) -> dict[tuple[int, int], Labelled]:
    """Refused lines of vials of these records of which a label can be read, by receipt and line."""
    asked = sorted(names)

    def read() -> dict[tuple[int, int], Labelled]:
        rows = connection.execute(query("lines_refused"), {"records": asked}).all()
        return {
            (r.receipt, r.line): Labelled(
                r.gtin, r.serial, r.lot_number, r.vials, frozenset(r.lots)
            )
            for r in rows
        }

    return read_once.once(connection, ("labelled", *asked), read)
