"""Accounts as their last changes tell them, beside what stands of them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.access_tables import ACCOUNT_TOLD, CHANGE
from lots.store.schema.ledger_tables import ENTRY

SAME = ("name", "full_name", "role", "site", "password", "ended_at")


@dataclass(frozen=True, slots=True)
class Told:
    """An account: under which entry it was changed last, None where none tells of it; which of its
    columns say something else by now; gone: whether it is there no more.
    """

    account: int
    entry: int | None
    differs: tuple[str, ...]
    gone: bool


def told(connection: sa.Connection) -> list[Told]:
    """Every account that is there, or was made."""
    last = (
        sa.select(CHANGE, ENTRY.c.entry)
        .outerjoin(ENTRY, ENTRY.c.act == CHANGE.c.act)
        .ext(pg.distinct_on(CHANGE.c.account))
        .order_by(CHANGE.c.account, CHANGE.c.change.desc())
        .subquery("last")
    )
    schema, name = ACCOUNT_TOLD.split(".")
    columns = [sa.column(name, last.c[name].type) for name in ("account", *SAME)]
    now = sa.table(name, *columns, schema=schema)
    others = [sa.case((last.c[n].is_distinct_from(now.c[n]), sa.literal(n))) for n in SAME]
    number = sa.func.coalesce(now.c.account, last.c.account)
    select = (
        sa.select(
            number.label("account"),
            last.c.entry,
            sa.func.concat_ws(sa.literal(" "), *others).label("differs"),
            now.c.account.is_(None).label("gone"),
        )
        # In full: an account that no change tells of was put in, one that is told and not there was
        # removed.
        .select_from(now.join(last, last.c.account == now.c.account, full=True))
        .order_by(number)
    )
    return [
        Told(r.account, r.entry, tuple(r.differs.split()), r.gone)
        for r in connection.execute(select)
    ]
