"""What the leaf of a row is of, as PostgreSQL tells it from the row (docs/ledger.md)."""

from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.evidence.forms import LEAF, MARK, ROW_LEAF
from lots.grammar.schema import Record
from lots.store.canonical import doubled
from lots.store.intake.values import Sql, escaped, text
from lots.store.ledger.facts import KNOWN_ROWS, Fact, accepted_rows

# What an accepted row says of itself, each as so many bytes; its values are told by the hash of
# their canonical form.
OF_ROW = {"receipt": "int8send", "line": "int8send", "version": "int2send", "rank": "int4send"}
TOLD = ", ".join((*OF_ROW, "sent"))


def form(fact: Fact) -> Sql:
    """What a row's leaf is of, as bytes: its table's name, and every value but its act; of an
    accepted row what it says of itself, with the hash that is kept of its values.
    """
    columns = fact.table.c
    if fact.table.schema == "accepted" and fact is not KNOWN_ROWS:
        told = {name: columns[name] for name in (*OF_ROW, "sent")}
        return _form_of_row(told, columns["content"])
    parts = [escaped(f"{LEAF}{MARK}of={fact.name}")]
    parts += [
        escaped(f"{MARK}{name}=").op("||")(_told(column))
        for name, column in columns.items()
        if name != "act"
    ]
    # concat leaves out what is null, a part with its mark.
    return encoded(sa.func.concat(*parts, type_=sa.Text))


def form_anew(record: Record) -> Sql:
    """What an accepted row's leaf is of, where the hash of its values is `anew`."""
    own = accepted_rows(record).table.c
    told = {name: sa.column(name, own[name].type) for name in (*OF_ROW, "sent")}
    return _form_of_row(told, sa.column("anew", pg.BYTEA))


def _form_of_row(told: Mapping[str, Sql], content: Sql) -> Sql:
    """Bytes at fixed places: made as text this would take four times as long, of a million rows."""
    form = as_bytes(ROW_LEAF)
    for name, send in OF_ROW.items():
        form = form.op("||")(getattr(sa.func, send)(told[name], type_=pg.BYTEA))
    sent = sa.case(
        (told["sent"].is_not(None), encoded(sa.cast(told["sent"], sa.Text))), else_=as_bytes(b"")
    )
    # No column of these is ever null; where somebody made one so, its leaf is of nothing.
    return sa.func.coalesce(form.op("||")(content).op("||")(sent), as_bytes(b""), type_=pg.BYTEA)


def as_bytes(raw: bytes) -> Sql:
    # Not a literal of bytes: what a backslash in one means is a setting too.
    return sa.func.decode(text(raw.hex()), text("hex"), type_=pg.BYTEA)


def encoded(told: Sql) -> Sql:
    return sa.func.convert_to(told, text("UTF8"), type_=pg.BYTEA)


def _told(column: Sql) -> Sql:
    """A value as text, as in docs/ledger.md."""
    for kind, told in KINDS:
        if isinstance(column.type, kind):
            return told(column)
    raise TypeError(f"{column}: no text of a {column.type} is agreed on")


KINDS: tuple[tuple[type, Callable[[Sql], Sql]], ...] = (
    (sa.Integer, lambda c: sa.cast(c, sa.Text)),
    (sa.Boolean, lambda c: sa.cast(sa.cast(c, sa.Integer), sa.Text)),
    (sa.DateTime, lambda c: sa.func.encode(sa.func.timestamptz_send(c), text("hex"))),
    (pg.BYTEA, lambda c: sa.func.encode(c, text("hex"))),
    (pg.UUID, lambda c: sa.cast(c, sa.Text)),
    (pg.JSONB, lambda c: doubled(sa.cast(c, sa.Text))),
    (sa.ARRAY, lambda c: doubled(sa.cast(sa.func.to_jsonb(c), sa.Text))),
    (sa.Text, doubled),
)
