"""What was sent of a row and is no value of it: what cannot be read, stands for not known, or has
no declared column.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Column
from lots.store.intake.values import Row, Sql, as_told, text


def unread_of(columns: list[Column], raws: Row, oks: Row, turned: Sql) -> Sql:
    """{column: text} of what could not be read or stands for not known; null where there is none.

    What could not be read after it was turned is told as it was sent.
    """
    if not columns:
        return sa.cast(sa.null(), pg.JSONB)
    # As told: by now a word for not known has been taken from the column, but it is content.
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
    whole = objects[0]
    for more in objects[1:]:
        whole = whole.op("||")(more)
    # Of most rows nothing is, and no object is built for them.
    return sa.case((sa.or_(*unread), whole), else_=sa.null())
