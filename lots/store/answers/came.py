"""What came to a party, and which packs single lines of vials name: rows that a trace of these hangs on
(docs/certificate.md).
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from lots.answers.certificate import Sort
from lots.store.answers import arrays
from lots.store.answers.counting import Line, keys_of
from lots.store.answers.open_ends import End
from lots.store.queries import query

Key = tuple[str, tuple[str, ...]]  # a record and a key of it


def to_party(connection: sa.Connection, name: str) -> set[Key]:
    """The rows that tell what came to a party, or was counted, ended or relabelled there; and its
    packages and packs.
    """
    return _rows(connection, "came_to_party", {"name": name})


def to_nowhere(connection: sa.Connection, parties: Iterable[str]) -> list[End]:
    """What was sent to a place that nobody knows or tells, or was told there: it may be one of these
    parties.
    """
    rows = connection.execute(query("placed_nowhere"), {"parties": sorted(parties)})
    return [End(r.record, tuple(r.key), r.link, Sort(r.sort)) for r in rows]


def untold(connection: sa.Connection, ends: Sequence[End], nodes: Iterable[int]) -> set[str]:
    """Who may have packs of these lots that are counted nowhere: by these open ends, or in packages by
    count; ? where nobody is named.
    """
    asked = {
        "records": arrays.of_records(end.record for end in ends),
        "keys": arrays.of_keys(end.key for end in ends),
        "nodes": arrays.of_numbers(nodes),
    }
    return {r.party for r in connection.execute(query("held_untold"), asked)}


def refused(connection: sa.Connection, nodes: Iterable[int]) -> set[str]:
    """Who got what may be packs of these lots by rows that were refused; ? where nobody can read it."""
    rows = connection.execute(query("moves_refused"), {"nodes": arrays.of_numbers(nodes)})
    return {r.party for r in rows}


def packs_of_lines(connection: sa.Connection, lines: Iterable[Line]) -> set[Key]:
    """The packs that vial lines name, what these were before, and the rows that say so."""
    return _rows(connection, "packs_of_lines", keys_of(lines))


def _rows(connection: sa.Connection, name: str, asked: dict[str, object]) -> set[Key]:
    return {(r.record, tuple(r.key)) for r in connection.execute(query(name), asked)}
