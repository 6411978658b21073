"""What a question begins with: each kind of subject is one file under sql/questions; and questions
about single vial lines.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lots.store.answers import arrays, read_once
from lots.store.answers.counting import Line, keys_of
from lots.store.queries import query, sure_query

TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "day": sa.Date(),
    "at": sa.TIMESTAMP(timezone=True),
}
WHENEVER: dict[str, object] = dict.fromkeys(("since_day", "until_day", "since_at", "until_at"))


@dataclass(frozen=True, slots=True)
class Beginning:
    """Donations, nodes of pools and lots, or single vial lines."""

    donations: set[str]
    nodes: set[int]
    lines: set[Line]


def beginning(
    connection: sa.Connection, kind: str, parameters: dict[str, object], *, surely: bool = False
) -> Beginning:
    """What the thing asked about touched first; surely: only what no contradiction could take
    away.
    """
    statement = (sure_query if surely else query)(kind, "questions")
    wanted = {
        name: value
        for name, value in (WHENEVER | parameters).items()
        # Not every kind has a period; PostgreSQL cannot tell the type of a parameter that nothing
        # uses.
        if f":{name}" in statement.text
    }
    bound = statement.bindparams(*(sa.bindparam(name, type_=typed(name)) for name in wanted))
    rows = connection.execute(bound, wanted).all()
    found = Beginning(set(), set(), set())
    # By place: by name a driver looks up each value of tens of thousands of rows.
    for donation, node, record, key in rows:
        if donation is not None:
            found.donations.add(donation)
        if node is not None:
            found.nodes.add(node)
        if record is not None:
            found.lines.add((record, tuple(key)))
    return found


def typed(parameter: str) -> sa.types.TypeEngine[Any]:
    """The type of a parameter, by the end of its name: since_day, until_at."""
    return TYPES.get(parameter.rpartition("_")[2], sa.Text())


def pooled_units(
    connection: sa.Connection, donations: Collection[str], *, surely: bool = False
) -> Sequence[Any]:
    """The units of donations, and the node of the pool of each: rows (donation_number, unit,
    node).
    """
    statement = (sure_query if surely else query)("pooled_units")
    return connection.execute(statement, {"donations": arrays.of_names(donations)}).all()


def pools_of(connection: sa.Connection, donations: Collection[str]) -> dict[str, set[int]]:
    """The nodes of the pools that each of these donations went into."""
    if not donations:
        return {}

    def read() -> dict[str, set[int]]:
        found = defaultdict[str, set[int]](set)
        for donation, _, node in pooled_units(connection, donations):
            if node is not None:
                found[donation].add(node)
        return dict(found)

    return read_once.once(connection, ("pools", *sorted(donations)), read)


def without_units(connection: sa.Connection, donations: Collection[str]) -> list[str]:
    """Those of these donations of which no plasma unit is known."""
    asked = {"donations": arrays.of_names(donations)}
    rows = connection.execute(query("donations_without_units"), asked)
    return [r.donation_number for r in rows]


def lots_of_lines(connection: sa.Connection, lines: Iterable[Line]) -> list[int]:
    """Nodes of the lots that vial lines are linked to."""
    return [r.node for r in connection.execute(query("lots_of_lines"), keys_of(lines))]


def mixed(connection: sa.Connection, pack: str, lines: Iterable[Line]) -> set[Line]:
    """Those of a pack's lines that were given by a preparation that holds other packs too."""
    rows = connection.execute(query("lines_mixed"), {"name": pack, **keys_of(lines)})
    return {(r.record, tuple(r.key)) for r in rows}


def naming(connection: sa.Connection, packs: Collection[str]) -> dict[str, set[Line]]:
    """By the packs GTIN/SERIAL the lines that name each, and what was given by a preparation with one."""
    found: dict[str, set[Line]] = defaultdict(set)
    for row in connection.execute(query("lines_of_names"), {"packs": arrays.of_names(packs)}):
        found[row.pack].add((row.record, tuple(row.key)))
    return found


def perhaps(connection: sa.Connection, pack: str, lines: Iterable[Line]) -> set[Line]:
    """Those of a pack's lines of which a version does not name the pack."""
    rows = connection.execute(query("lines_perhaps"), {"name": pack, **keys_of(lines)})
    return {(r.record, tuple(r.key)) for r in rows}
