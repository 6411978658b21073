"""What the records tell of a pack that a code names."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lots.decisions.facts import Facts
from lots.identifiers.scans.values import Reading
from lots.store.schema.scans import ASKS, PACK_FACTS

_NAMES = ", ".join(field.name for field in fields(Facts))
_GIVEN = ", ".join(f"CAST(:{name} AS {kind})" for name, kind in ASKS.items())
STATEMENT = sa.text(f"SELECT {_NAMES} FROM {PACK_FACTS}({_GIVEN})")


def pack_facts(connection: sa.Connection, of: Reading, site: str, at: datetime) -> Facts:
    """Facts of the pack that a reading names, at a place and a moment."""
    told = connection.execute(
        STATEMENT,
        {
            "gtin": of.gtin,
            "serial": of.serial,
            "lot_number": of.lot_number,
            "expires_on": of.expires_on,
            "site": site,
            "at": at,
        },
    ).one()
    return Facts(**{name: _as_told(value) for name, value in told._mapping.items()})


def _as_told(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
