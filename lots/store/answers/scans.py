"""What the records tell of a pack that a code names, and what is kept of a scan."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lots.decisions.facts import Facts
from lots.identifiers.scans.values import Reading
from lots.store.ledger.reading import Stands, stands_of
from lots.store.schema.scans import (
    ASKS,
    KEEP,
    KEEP_OF,
    KEPT,
    NEAR,
    PACK_FACTS,
    STANDS,
    STOOD,
    STOPS,
    STOPS_OF,
)

_NAMES = [field.name for field in fields(Facts)]


def called(function: str, takes: Mapping[str, str]) -> str:
    """A call of one of the functions, with what it takes by name."""
    return f"{function}({', '.join(f'CAST(:{name} AS {kind})' for name, kind in takes.items())})"


# In one statement with how far the ledger has come, since each scan asks for both. The facts as one
# list: what the driver does for each column of an answer took longer than the rest of it.
STATEMENT = sa.text(
    f"SELECT json_build_array({', '.join(_NAMES)}) AS facts, {', '.join(STOOD)}"
    f" FROM {called(PACK_FACTS, ASKS)}, {called(STANDS, {'entries': 'bigint'})}"
).columns(*(sa.column(name) for name in ("facts", *STOOD)))
KEEPING = sa.text(f"SELECT {called(KEEP, {'site': 'text', 'by': 'text', **KEPT})}")
# Two statements and not one with two ways in: an account's site is the database's word alone.
KEEPING_OF = sa.text(f"SELECT {called(KEEP_OF, {'account': 'bigint', **KEPT})}")


PLACES_NEAR = sa.text(f"SELECT place FROM {NEAR}(:site)")
STOPPED = sa.text(f"SELECT kind, name, serial FROM {STOPS}(:site)")
STOPPED_OF = sa.text(f"SELECT kind, name, serial FROM {STOPS_OF}(:account)")


@dataclass(frozen=True, slots=True)
class Stopped:
    """A lot (its number) or a pack (its product and serial) that is stopped."""

    kind: str
    name: str
    serial: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a pack is asked about; for whom, and as part of which bag,
    where that is told.
    """

    site: str
    at: datetime
    patient: str | None = None
    bag: str | None = None


def pack_facts(
    connection: sa.Connection, of: Reading, where: Place, entries: int = 0
) -> tuple[Facts, Stands]:
    """Facts of the pack that a reading names, at a place and a moment; and how far the ledger has
    come, with the edge of its tree at so many entries.
    """
    told = connection.execute(
        STATEMENT,
        {
            "gtin": of.gtin,
            "serial": of.serial,
            "lot_number": of.lot_number,
            "expires_on": of.expires_on,
            "site": where.site,
            "at": where.at,
            "patient": where.patient,
            "bag": where.bag,
            "entries": entries,
        },
    ).one()
    return Facts(*(_as_told(value) for value in told.facts)), stands_of(told)


def _as_told(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def keep(connection: sa.Connection, site: str, by: str, kept: Mapping[str, Any]) -> int:
    """Keep a scan of a site that somebody at this machine names; its number."""
    return int(connection.execute(KEEPING, {"site": site, "by": by, **_plain(kept)}).scalar_one())


def keep_of(connection: sa.Connection, account: int, kept: Mapping[str, Any]) -> int | None:
    """Keep a scan of an account, at the site that the database has for it;
    None where it has none.
    """
    number: int | None = connection.execute(
        KEEPING_OF, {"account": account, **_plain(kept)}
    ).scalar_one()
    return number


def _plain(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(kept[name]) if kind == "jsonb" and kept[name] is not None else kept[name]
        for name, kind in KEPT.items()
    }


def places_near(connection: sa.Connection, site: str) -> list[str]:
    """Places whose names may be meant by this one; itself, where a record tells of it."""
    return [str(place) for place in connection.scalars(PLACES_NEAR, {"site": site})]


def stops_at(connection: sa.Connection, site: str, account: int | None) -> list[Stopped]:
    """What is stopped at a site; of an account at its own, whatever site is told: {kind, name,
    serial}.
    """
    if account is None:
        found = connection.execute(STOPPED, {"site": site})
    else:
        found = connection.execute(STOPPED_OF, {"account": account})
    return [Stopped(*row) for row in found]
