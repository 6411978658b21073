"""What a question begins with: each kind of subject is one file under sql/questions; and questions about single
vial lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lots.store.answers.counting import Line, keys_of
from lots.store.queries import query

WHENEVER: dict[str, object] = dict.fromkeys(("since_day", "until_day", "since_at", "until_at"))


@dataclass(frozen=True, slots=True)
class Found:
    """Donations, nodes of pools and lots, or single vial lines."""

    donations: set[str]
    nodes: set[int]
    lines: set[Line]


def found(connection: sa.Connection, kind: str, parameters: dict[str, object]) -> Found:
    """What the thing asked about touched first."""
    statement = query(kind, "questions")
    wanted = {
        name: value
        for name, value in (WHENEVER | parameters).items()
        # Not every kind has a period; PostgreSQL cannot tell the type of a parameter that nothing
        # uses.
        if f":{name}" in statement.text
    }
    rows = connection.execute(statement.bindparams(*_typed(wanted)), wanted).all()
    return Found(
        {r.donation_number for r in rows if r.donation_number is not None},
        {r.node for r in rows if r.node is not None},
        {(r.record, tuple(r.key)) for r in rows if r.record is not None},
    )


def undated(
    connection: sa.Connection, kind: str, name: str, period: dict[str, object]
) -> Sequence[Any]:
    """Rows of a thing of which nobody knows whether they are of a period: rows (record, rows)."""
    parameters = {"kind": kind, "name": name, **period}
    return connection.execute(
        query("gaps_undated").bindparams(*_typed(parameters)), parameters
    ).all()


def _typed(parameters: dict[str, object]) -> list[sa.BindParameter[Any]]:
    types: dict[str, sa.types.TypeEngine[Any]] = {
        "day": sa.Date(),
        "at": sa.TIMESTAMP(timezone=True),
    }
    return [sa.bindparam(n, type_=types.get(n.rpartition("_")[2], sa.Text())) for n in parameters]


def gaps(connection: sa.Connection, kind: str, loads: Sequence[str]) -> list[str]:
    """Why rows that name nothing of this kind could be of it."""
    unsaid = connection.execute(query("gaps_unsaid"), {"kind": kind})
    parked = connection.execute(query("gaps_unbatched"), {"records": list(loads)})
    return [
        *(
            f"{r.rows:,} rows of {r.record} do not say which {r.what} they are of, so that they"
            " could be of any."
            for r in unsaid
        ),
        *(
            f"{r.rows:,} rows of {r.record} name a run that has not arrived, so that nobody can"
            " tell how they were made."
            for r in parked
        ),
    ]


def pooled_units(connection: sa.Connection, donations: Iterable[str]) -> Sequence[Any]:
    """The units of donations, and the node of the pool of each: rows (donation_number, unit, node)."""
    return connection.execute(query("pooled_units"), {"donations": sorted(donations)}).all()


def lots_of_lines(connection: sa.Connection, lines: Iterable[Line]) -> list[int]:
    """Nodes of the lots that vial lines are linked to."""
    return [r.node for r in connection.execute(query("lots_of_lines"), keys_of(lines))]


def perhaps(connection: sa.Connection, pack: str, lines: Iterable[Line]) -> set[Line]:
    """Those of a pack's lines of which a version does not name the pack."""
    rows = connection.execute(query("lines_perhaps"), {"name": pack, **keys_of(lines)})
    return {(r.record, tuple(r.key)) for r in rows}


def unlinked(connection: sa.Connection, lines: Iterable[Line]) -> int:
    """How many of these vial lines are linked to no lot."""
    return int(connection.execute(query("lines_unlinked"), keys_of(lines)).scalar_one())
