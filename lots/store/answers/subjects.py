"""What a question begins with: each kind of subject is one file under sql/questions; and questions
about single vial lines.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
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
    found = Beginning(set(), set(), set())
    # By place: by name a driver looks up each value of tens of thousands of rows.
    for donation, node, record, key in _begun(connection, statement, parameters):
        if donation is not None:
            found.donations.add(donation)
        if node is not None:
            found.nodes.add(node)
        if record is not None:
            found.lines.add((record, tuple(key)))
    return found


def surely_walked_from(
    connection: sa.Connection, kind: str, parameters: dict[str, object]
) -> set[int]:
    """The pools and lots at which what the thing asked about surely touched first is surely walked
    from: its own, and the pools of its donations. Of tens of thousands of donations none is sent.
    """
    rows = _begun(connection, _surely_walked_from(kind), parameters)
    return {row.node for row in rows}


@cache
def _surely_walked_from(kind: str) -> sa.TextClause:
    of_begun = "ARRAY(SELECT begun.donation_number FROM begun)"
    pooled = sure_query("pooled_units").text.replace(":donations", of_begun)
    return sa.text(
        f"WITH begun AS MATERIALIZED ({sure_query(kind, 'questions').text})"
        " SELECT begun.node FROM begun WHERE begun.node IS NOT NULL"
        f" UNION SELECT pooled.node FROM ({pooled}) AS pooled WHERE pooled.node IS NOT NULL"
    )


def _begun(
    connection: sa.Connection, statement: sa.TextClause, parameters: dict[str, object]
) -> Sequence[Any]:
    wanted = {
        name: value
        for name, value in (WHENEVER | parameters).items()
        # Not every kind has a period; PostgreSQL cannot tell the type of a parameter that nothing
        # uses.
        if f":{name}" in statement.text
    }
    bound = statement.bindparams(*(sa.bindparam(name, type_=typed(name)) for name in wanted))
    return connection.execute(bound, wanted).all()


def typed(parameter: str) -> sa.types.TypeEngine[Any]:
    """The type of a parameter, by the end of its name: since_day, until_at."""
    return TYPES.get(parameter.rpartition("_")[2], sa.Text())


@dataclass(frozen=True, slots=True)
class Pooled:
    """How many units donations gave, the nodes of the pools that these went into, and those that went
    into none.
    """

    units: int
    nodes: set[int]
    apart: list[str]


@cache
def _pooled() -> sa.TextClause:
    return sa.text(
        f"WITH pooled AS MATERIALIZED ({query('pooled_units').text}) SELECT"
        " (SELECT count(*) FROM (SELECT DISTINCT unit FROM pooled) AS units) AS units,"
        " ARRAY(SELECT DISTINCT node FROM pooled WHERE node IS NOT NULL) AS nodes,"
        " ARRAY(SELECT DISTINCT unit FROM pooled WHERE node IS NULL) AS apart"
    )


def pooled(connection: sa.Connection, donations: Collection[str]) -> Pooled:
    """What became of the units of these donations."""
    row = connection.execute(_pooled(), {"donations": arrays.of_names(donations)}).one()
    return Pooled(row.units, {*row.nodes}, sorted(row.apart))


def pools_of(connection: sa.Connection, donations: Collection[str]) -> dict[str, set[int]]:
    """The nodes of the pools that each of these donations went into."""
    if not donations:
        return {}

    def read() -> dict[str, set[int]]:
        found = defaultdict[str, set[int]](set)
        asked = {"donations": arrays.of_names(donations)}
        for donation, _, node in connection.execute(query("pooled_units"), asked):
            if node is not None:
                found[donation].add(node)
        return dict(found)

    return read_once.once(connection, ("pools", *sorted(donations)), read)


def without_units(connection: sa.Connection, donations: Collection[str]) -> list[str]:
    """Those of these donations of which no plasma unit is known."""
    if not donations:
        return []
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
