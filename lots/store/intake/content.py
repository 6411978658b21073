"""What of a row is hashed: its values, each led by its column's mark, and what was sent where it cannot be read."""

from collections.abc import Iterable
from functools import reduce

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Column
from lots.grammar.schema import CORRECTION, Kind, Record
from lots.store.intake.reading import Row, Sql, as_told, text
from lots.store.schema.record_tables import OFFSET_SUFFIX

BEGINS = "\x1e"  # before each value in what is hashed


def told_as_sent(columns: list[Column], raws: Row, oks: Row, extra: Sql | None, turned: Sql) -> Sql:
    """{column: text} of what could not be read or stands for not known, and of the columns that are
    not declared.

    Null where there is none. What could not be read after it was turned is told as it was sent.
    """
    if not columns and extra is None:
        return sa.cast(sa.null(), pg.JSONB)
    told = {c.name: raws[as_told(c.name)] if c.names else raws[c.name] for c in columns}
    unread = [
        (
            sa.or_(sa.not_(oks[c.name]), sa.and_(told[c.name].is_not(None), raws[c.name].is_(None)))
            if c.names
            else sa.not_(oks[c.name])
        )
        for c in columns
    ]
    pairs = [
        part
        for (name, raw), lost in zip(told.items(), unread, strict=True)
        for part in (
            text(name),
            sa.case((lost, sa.func.coalesce(turned.op("#>>")(text(f"{{{name},text}}")), raw))),
        )
    ]
    # a function takes at most 100 arguments
    objects: list[Sql] = [
        sa.func.jsonb_strip_nulls(sa.func.jsonb_build_object(*pairs[i : i + 80]))
        for i in range(0, len(pairs), 80)
    ]
    if extra is not None:
        unread.append(extra.is_not(None))
        objects.append(sa.func.coalesce(sa.cast(extra, pg.JSONB), sa.cast(text("{}"), pg.JSONB)))
    return sa.case((sa.or_(*unread), reduce(lambda a, b: a.op("||")(b), objects)), else_=sa.null())


def content_of(record: Record, value: Row, as_sent: Sql) -> Sql:
    """SHA-256 of all that is not null, each value led by its mark: a column added later changes no
    old hash.
    """
    parts = [
        text(mark).op("||")(_hashed(record, name, value[name]))
        for name, mark in marks(record, value).items()
    ]
    parts.append(text(BEGINS + "?").op("||")(sa.cast(as_sent, sa.Text)))
    concatenated: list[Sql] = [sa.func.concat(*parts[i : i + 90]) for i in range(0, len(parts), 90)]
    joined = reduce(lambda a, b: a.op("||")(b), concatenated)
    return sa.func.sha256(sa.func.convert_to(joined, text("UTF8")))


def marks(record: Record, names: Iterable[str]) -> dict[str, str]:
    """What leads each column's value in what is hashed: its place among the record's own columns,
    or its own sign.

    Short, since hashing is a fourth of the verdict; so a record's columns are only ever added at
    its end.
    """
    own = [c.name for c in record.columns[: -len(CORRECTION)]]
    signs = {c.name: f"{BEGINS}!{n}" for n, c in enumerate(CORRECTION)} | {
        name: f"{BEGINS}{chr(ord('A') + n)}" for n, name in enumerate(own)
    }
    return {
        name: signs.get(name) or signs[name.removesuffix(OFFSET_SUFFIX)] + "+" for name in names
    }


def _hashed(record: Record, name: str, value: Sql) -> Sql:
    if name in (c.name for c in record.columns if c.kind is Kind.TEXT):
        return sa.func.replace(value, text(BEGINS), text(BEGINS + BEGINS))
    return sa.cast(value, sa.Text)
