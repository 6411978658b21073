"""Receipts as their conclusions tell them, beside what stands of them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.ledger_tables import ENTRY
from lots.store.schema.tables import CONCLUSION, RECEIPT

# What may change without a conclusion: nothing of these.
SAME = (
    *("sha256", "file_name", "sender", "bytes", "received_at", "received_by", "status", "record"),
    *("stage", "layout", "counts", "tallies", "sentence", "profile", "concluded_at"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A receipt: under which entry it was concluded last, the hash of its bytes as told there, and
    which of its columns say something else by now.
    """

    receipt: int
    entry: int | None
    sha256: bytes
    differs: tuple[str, ...]


def told(connection: sa.Connection) -> list[Told]:
    """Every receipt. One that is not concluded, or was taken up again, says itself what it is."""
    last = (
        sa.select(CONCLUSION, ENTRY.c.entry)
        .join(ENTRY, ENTRY.c.act == CONCLUSION.c.act)
        .ext(pg.distinct_on(CONCLUSION.c.receipt))
        .order_by(CONCLUSION.c.receipt, CONCLUSION.c.conclusion.desc())
        .subquery("last")
    )
    concluded = RECEIPT.c.status.not_in(("received", "staged", "judged"))
    # A receipt on its way changes with each step, and no conclusion tells of it yet.
    others = [
        sa.case((sa.and_(concluded, last.c[n].is_distinct_from(RECEIPT.c[n])), sa.literal(n)))
        for n in SAME
    ]
    select = (
        sa.select(
            RECEIPT.c.receipt,
            last.c.entry,
            sa.func.coalesce(last.c.sha256, RECEIPT.c.sha256).label("sha256"),
            sa.func.concat_ws(sa.literal(" "), *others).label("differs"),
        )
        .outerjoin_from(RECEIPT, last, last.c.receipt == RECEIPT.c.receipt)
        .order_by(RECEIPT.c.receipt)
    )
    return [
        Told(r.receipt, r.entry, bytes(r.sha256), tuple(r.differs.split()))
        for r in connection.execute(select)
    ]
