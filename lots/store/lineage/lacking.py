"""Things of which nothing tells what the process demands: open ends that no row has by itself
(docs/certificate.md).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from lots.grammar.column import Makes
from lots.questions.ends import Demand, Naming, Thing, things
from lots.records import records
from lots.store.difference import Changed, all_where, replace
from lots.store.intake.breaches import not_spared
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.lineage.touched import Touched
from lots.store.lineage.untold import Sql, end, in_reach
from lots.store.schema.lineage_tables import OPEN_END
from lots.store.schema.record_tables import standing

NAMES = "touched_thing"


def link_lacking(connection: sa.Connection, touched: Touched) -> Changed:
    """Keep of each thing that touched rows name, or named, what nothing tells of it."""
    changed = Changed()
    for thing in things(records()):
        found = [select for n in thing.touched for select in _names_touched(thing, n, touched)]
        if found:
            key = sql(_key(thing, _names_table(thing)))
            changed += _kept(connection, thing, found, f"key IN (SELECT {key} FROM {NAMES})")
    return changed


def link_all_lacking(connection: sa.Connection, among: str = "") -> Changed:
    """The same of all things, compared with all that is kept; among: of those that rows of this
    record name or tell of, and no others.
    """
    changed = Changed()
    for thing in things(records()):
        if among and among not in {naming.record.name for naming in thing.touched}:
            continue
        found = [_names(thing, naming, standing(naming.record)) for naming in thing.touched]
        changed += _kept(connection, thing, found, "true")
    return changed


def _kept(
    connection: sa.Connection, thing: Thing, names: Sequence[sa.Select[Any]], among: str
) -> Changed:
    run(connection, f"CREATE TEMP TABLE {NAMES} ON COMMIT DROP AS {sql(sa.union(*names))}")
    # With statistics: what is not told is found at once, not name by name.
    run(connection, f"ANALYZE {NAMES}")
    run(connection, f"CREATE TEMP TABLE open_end_new ON COMMIT DROP AS {_all_lacking(thing)}")
    # The other sort of ends in this table is kept by untold.py, and is none of this one's business.
    mine = f"record = {text(thing.name)} AND sort = 'without' AND {among}"
    changed = replace(connection, OPEN_END, "open_end_new", all_where(OPEN_END, mine))
    run(connection, f"DROP TABLE {NAMES}")
    return changed


# --- the names of things
# ---------------------------------------------------------------------------


def _names_touched(thing: Thing, naming: Naming, touched: Touched) -> Iterator[sa.Select[Any]]:
    for rows, source, wanted in touched.rows(naming.record):
        yield _names(thing, naming, rows).select_from(source).where(wanted)


def _names(thing: Thing, naming: Naming, rows: sa.FromClause) -> sa.Select[Any]:
    """The names that rows give to such things."""
    values = _values(thing, naming, rows)
    return sa.select(*(v.label(c) for c, v in values.items())).where(
        # Half a name names nothing.
        *(v.is_not(None) for v in values.values()),
        *(in_reach(naming.link, rows) if naming.link else ()),
    )


def _values(thing: Thing, naming: Naming, rows: sa.FromClause) -> dict[str, Sql]:
    """What each part of a thing's name is in a row that names it."""
    link = naming.link
    if link is None:
        return {c: rows.c[c] for c in thing.key}
    named: dict[str, Sql] = {
        c: rows.c[own] for c, own in zip(link.on or thing.key, link.columns, strict=True)
    }
    fixed: dict[str, Sql] = {c: text(value) for c, value in link.fixed}
    return {c: {**named, **fixed}[c] for c in thing.key}


def _names_table(thing: Thing, name: str = NAMES) -> sa.TableClause:
    return sa.table(name, *(sa.column(c, sa.Text()) for c in thing.key))


def _key(thing: Thing, names: sa.FromClause) -> Sql:
    return sa.func.jsonb_build_array(*(names.c[c] for c in thing.key))


# --- what is not told of them
# ----------------------------------------------------------------------


@cache
def _all_lacking(thing: Thing) -> str:
    return sql(sa.union_all(*(_lacking(thing, demand) for demand in thing.demands)))


def _lacking(thing: Thing, demand: Demand) -> sa.Select[Any]:
    """Such things that a standing row names and of which none tells this."""
    names = _names_table(thing)
    untold = sa.select(names).where(*(~_told(thing, n, names) for n in demand.told))
    if demand.unless and demand.unless.column in thing.key:
        untold = untold.where(not_spared(demand.unless, names))
    # Materialized: mostly nothing is left, and only of that it is asked which rows name it.
    left = untold.cte(f"untold_{demand.missing.replace('.', '_')}").prefix_with("MATERIALIZED")
    named = sa.or_(*(_named(thing, n, demand, left) for n in thing.named))
    return end(text(thing.name), _key(thing, left), demand.missing, "without").where(named)


def _told(thing: Thing, naming: Naming, names: sa.FromClause) -> Sql:
    rows = standing(naming.record)
    return sa.exists().where(
        *_of(thing, naming, rows, names), *_from_another(naming, rows), *_reached(naming, rows)
    )


def _named(thing: Thing, naming: Naming, demand: Demand, names: sa.FromClause) -> Sql:
    rows = standing(naming.record)
    # Only its own row says that a thing is spared; one that merely names it does not have the
    # column.
    own = demand.unless if naming.link is None else None
    spared = [not_spared(own, rows)] if own else []
    return sa.exists().where(*_of(thing, naming, rows, names), *_reached(naming, rows), *spared)


def _of(thing: Thing, naming: Naming, rows: sa.FromClause, names: sa.FromClause) -> list[Sql]:
    return [v == names.c[c] for c, v in _values(thing, naming, rows).items()]


def _reached(naming: Naming, rows: sa.FromClause) -> list[Sql]:
    return in_reach(naming.link, rows) if naming.link else []


def _from_another(naming: Naming, rows: sa.FromClause) -> list[Sql]:
    """That what went in is not what came out: rework under one number says nothing of where it came
    from.
    """
    out = naming.link
    if out is None or out.makes is not Makes.OUTPUT:
        return []
    of_one_kind = (out.record, out.fixed)
    inputs = [k for k in naming.record.links if k.makes is Makes.INPUT]
    return [
        sa.or_(
            *(rows.c[a] != rows.c[b] for a, b in zip(k.columns, out.columns, strict=True) if a != b)
        )
        for k in inputs
        if (k.record, k.fixed) == of_one_kind
    ]
