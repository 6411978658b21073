"""What answers are read by: each statement is one file under sql/queries,
each row a frozen value.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from lots.answers import Heard, LotName, Node, Pooled, Use
from lots.settings import Settings
from lots.store.answers import arrays, read_once
from lots.store.answers.counting import Line, keys_of
from lots.store.engine import engine
from lots.store.queries import query

Answer = TypeVar("Answer")
Nodes = Mapping[int, Node]  # by their numbers in the database


@contextmanager
def snapshot(settings: Settings | None, role: str = "lots_reader") -> Iterator[sa.Connection]:
    """A reader's connection on which every question of an answer sees the same moment."""
    with engine(role, settings).connect() as connection:
        # What is received meanwhile must not be in one half of an answer alone.
        reading = connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        shared = read_once.begin(reading)
        try:
            yield reading
        finally:
            read_once.end(shared)
        # Nothing was written; but after a rollback the driver forgets the statements that it
        # prepared.
        connection.commit()


def _rows(connection: sa.Connection, name: str, **parameters: Any) -> Sequence[Any]:
    return connection.execute(query(name), parameters).all()


def _nodes(connection: sa.Connection, name: str, **parameters: Any) -> list[int]:
    # Sorted, so that an answer is told the same twice.
    return sorted({row.node for row in _rows(connection, name, **parameters)})


def of_pack(connection: sa.Connection, gtin: str, serial: str) -> list[int]:
    """Nodes of a pack's packed lot."""
    return _nodes(connection, "node_of_pack", gtin=gtin, serial=serial)


def dead_ends(connection: sa.Connection, nodes: Iterable[int]) -> list[int]:
    """Those of these pools and lots of which nothing was made, and no pack is."""
    return _nodes(connection, "dead_ends", nodes=arrays.of_numbers(nodes))


def misnamed(connection: sa.Connection) -> list[tuple[Node, bool]]:
    """Pools and lots of which no record came and that lead nowhere, each with whether its maker is known
    to have made anything.
    """
    return [
        (Node(r.maker, r.number, r.step, known=False), r.maker_known)
        for r in _rows(connection, "nodes_misnamed")
    ]


def vials_of_pack(connection: sa.Connection, gtin: str, serial: str) -> int | None:
    """How many vials a pack holds at most, under any name that it had; one at least. None where a
    record of it does not say, or none has come.
    """
    row = _rows(connection, "vials_of_pack", gtin=gtin, serial=serial)[0]
    return None if row.vials is None else int(row.vials)


def packs_before(connection: sa.Connection, gtin: str, serial: str) -> list[str]:
    """The packs, as GTIN/SERIAL, that this one was relabelled from."""
    return [
        f"{r.gtin}/{r.serial}" for r in _rows(connection, "packs_before", gtin=gtin, serial=serial)
    ]


def below(connection: sa.Connection, nodes: list[int]) -> list[int]:
    """These nodes and all that was made from them."""
    return _nodes(connection, "nodes_below", nodes=arrays.of_numbers(nodes))


def above(connection: sa.Connection, nodes: list[int]) -> list[int]:
    """These nodes and all that went into them."""
    return _nodes(connection, "nodes_above", nodes=arrays.of_numbers(nodes))


def known_nodes(connection: sa.Connection, nodes: list[int]) -> dict[int, Node]:
    """What these nodes are, by their numbers, which no answer tells."""
    return {
        row.node: Node(*row[1:])
        for row in _rows(connection, "nodes_named", nodes=arrays.of_numbers(nodes))
    }


def edges(connection: sa.Connection, nodes: Nodes) -> tuple[tuple[LotName, LotName], ...]:
    """The edges among these nodes, parent first."""
    found = edges_of(connection, [*nodes])
    return tuple((nodes[parent].name, nodes[child].name) for parent, child in found)


def edges_of(connection: sa.Connection, nodes: list[int]) -> list[tuple[int, int]]:
    """The edges among these nodes by their numbers, parent first."""
    return [
        (r.parent, r.child)
        for r in _rows(connection, "edges_between", nodes=arrays.of_numbers(nodes))
    ]


def edges_doubted(connection: sa.Connection) -> list[tuple[int, int]]:
    """Edges that a row tells which may be taken back."""
    rows = read_once.once(connection, "edges_doubted", lambda: _rows(connection, "edges_doubted"))
    return [(r.parent, r.child) for r in rows]


def contested_keys(
    connection: sa.Connection, names: Iterable[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """The contested keys of these records."""
    asked = sorted(names)

    def read() -> list[tuple[str, tuple[str, ...]]]:
        rows = _rows(connection, "contested_keys", records=asked)
        return [(r.record, tuple(r.key)) for r in rows]

    return read_once.once(connection, ("contested_keys", *asked), read)


def lines_by_lot(connection: sa.Connection, nodes: Iterable[int]) -> set[Line]:
    """Lines of vials of these lots that name no pack."""
    rows = _rows(connection, "lines_by_lot", nodes=arrays.of_numbers(nodes))
    return {(r.record, tuple(r.key)) for r in rows}


def pooled(connection: sa.Connection, nodes: Nodes) -> tuple[Pooled, ...]:
    """What went into those of the nodes that are pools."""
    found = _rows(connection, "units_of_pools", nodes=arrays.of_numbers(nodes))
    return tuple(Pooled(nodes[row.node].name, *row[1:]) for row in found)


def donations(
    connection: sa.Connection, nodes: list[int]
) -> list[tuple[int, str, str | None, bool]]:
    """Every unit of these pools with its donation: (pool, unit, donation number, whether the
    donation is known).
    """
    return [
        tuple(row)
        for row in _rows(connection, "donations_of_pools", nodes=arrays.of_numbers(nodes))
    ]


def uses_of_lines(
    connection: sa.Connection, lines: Iterable[Line], lots: list[int], nodes: Nodes
) -> tuple[Use, ...]:
    """What became of these vial lines among these lots."""
    rows = _rows(connection, "uses_of_lines", **keys_of(lines), nodes=arrays.of_numbers(lots))
    return _uses(rows, nodes)


def uses_of_lots(connection: sa.Connection, lots: list[int], nodes: Nodes) -> tuple[Use, ...]:
    """What became of the vials of these lots."""
    rows = _rows(connection, "uses_of_lots", nodes=arrays.of_numbers(lots))
    return _uses(rows, nodes)


def _uses(rows: Iterable[Any], nodes: Nodes) -> tuple[Use, ...]:
    """Each use once: versions of an infusion that differ in the patient alone are one."""
    names = {number: node.name for number, node in nodes.items()}
    # By place: by name a driver looks up each value of thousands of rows.
    found = (
        Use(names[lot], record, tuple(key), state, basis, vials, place, at)
        for lot, record, key, state, basis, vials, place, at in rows
    )
    return tuple(dict.fromkeys(found))


def heard(connection: sa.Connection) -> tuple[Heard, ...]:
    """How far each sender has been heard."""
    return read_once.once(connection, "heard", lambda: _heard(connection))


def _heard(connection: sa.Connection) -> tuple[Heard, ...]:
    return tuple(
        Heard(
            r.sender,
            r.last_sequence,
            r.missing_sequences,
            r.first_missing,
            r.heard_from,
            r.heard_to,
            r.announced,
            tuple(r.not_arrived),
            tuple(r.counts_differ),
        )
        for r in _rows(connection, "heard")
    )


def linked_through(connection: sa.Connection) -> tuple[int, str, int]:
    """(newest ledger entry, newest signed checkpoint or '', entries that are not linked yet)."""
    (row,) = read_once.once(
        connection, "linked_through", lambda: _rows(connection, "linked_through")
    )
    return row.entry, row.checkpoint, row.unlinked


def listed(
    connection: sa.Connection, name: str, kind: type[Answer], **parameters: Any
) -> tuple[Answer, ...]:
    """The rows of a list, each as what it is."""
    rows = connection.execute(query(name), parameters).mappings()
    return tuple(kind(**{column: _value(value) for column, value in r.items()}) for r in rows)


def _value(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def lines_of_findings(connection: sa.Connection, findings: Sequence[int]) -> dict[int, list[str]]:
    """The lines that tell of the pack that each of these findings is on."""
    found: dict[int, list[str]] = {}
    for row in _rows(connection, "lines_of_findings", findings=list(findings)):
        found.setdefault(row.finding, []).append(f"{row.file_name} line {row.line}")
    return found


def row(connection: sa.Connection, name: str, **parameters: Any) -> dict[str, Any]:
    """The one row that a question answers, by column."""
    return dict(connection.execute(query(name), parameters).mappings().one())


def of_receipt(connection: sa.Connection, name: str, receipt: int) -> Sequence[Any]:
    """Findings or refused rows of a receipt, counted, with their first lines."""
    return _rows(connection, f"receipt_{name}", receipt=receipt)


def makers_joined(connection: sa.Connection) -> list[tuple[str, str]]:
    """Makers, and who made something of what they made."""
    rows = read_once.once(connection, "makers_joined", lambda: _rows(connection, "makers_joined"))
    return [(r.maker, r.made_by) for r in rows]


def given_from(
    connection: sa.Connection, donations: Collection[str]
) -> tuple[datetime | None, datetime | None]:
    """When the first of these donations was given, None where one of them does not tell; and the first
    of those that do.
    """
    row = _rows(connection, "donations_given", donations=arrays.of_names(donations))[0]
    return row.at, row.first


def pooled_at(connection: sa.Connection, nodes: Iterable[int]) -> dict[int, datetime | None]:
    """When each of these pools was pooled, at the latest; None where a version does not tell."""
    return {r.node: r.at for r in _rows(connection, "pools_pooled", nodes=arrays.of_numbers(nodes))}


def sent_by(connection: sa.Connection) -> Sequence[Any]:
    """What each sender has sent or announced, file by file."""
    return _rows(connection, "sent_by")


def who_had_packs(
    connection: sa.Connection, parties: Sequence[str], nodes: Iterable[int]
) -> list[str]:
    """Those of these parties who had something of these lots, or may have been sent it."""
    if not parties:
        return []
    rows = _rows(connection, "who_had_packs", parties=list(parties), nodes=arrays.of_numbers(nodes))
    return [r.party for r in rows]


def with_nobody_named(connection: sa.Connection, nodes: Iterable[int]) -> bool:
    """Whether somebody who is not named has, or may have, packs of these lots."""
    rows = _rows(connection, "with_nobody_named", nodes=arrays.of_numbers(nodes))
    return bool(rows[0].there)


def homes(connection: sa.Connection, parties: Collection[str]) -> set[str]:
    """Which of these parties are patients' homes."""
    rows = _rows(connection, "homes", parties=arrays.of_names(parties)) if parties else ()
    return {row.party for row in rows}
