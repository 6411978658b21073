"""Links that lead nowhere yet, of every record: parked, and let go when what they name comes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Link
from lots.grammar.schema import Record
from lots.records import record as record_of
from lots.records import records
from lots.store.difference import Changed, all_where, named_by, nothing_of, replace
from lots.store.intake.accepting import key_of
from lots.store.intake.breaches import in_scope
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.lineage.linking import of_receipts
from lots.store.lineage.touched import Touched
from lots.store.schema.lineage_tables import PARKED
from lots.store.schema.record_tables import accepted, standing
from lots.store.schema.tables import RETRACTED

Sql = sa.ColumnElement[Any]
# Whether an infusion's vial waits for its preparation is known only once the vials are linked.
ELSEWHERE = {("administration_vial", "preparation")}


def park(connection: sa.Connection, record: Record, touched: Touched) -> Changed:
    """Park the links of the touched rows whose target is not known."""
    rows, among = standing(record), nothing_of(PARKED)
    if touched.has_versions(record):
        touched.name_keys(connection, record, "parked_key")
        among = named_by(PARKED, "parked_key", ("record", "key"), _of(record))
    changed = _replaced(connection, record, rows, touched.wanted(record, rows), among)
    run(connection, "DROP TABLE IF EXISTS parked_key")
    return changed


def park_all(connection: sa.Connection, record: Record) -> Changed:
    """Park all links of a record, compared with all that are kept."""
    rows = standing(record)
    return _replaced(connection, record, rows, sa.true(), all_where(PARKED, _of(record)))


def unpark(connection: sa.Connection, target: Record, receipts: Sequence[int]) -> None:
    """Let go the links that waited for rows of these receipts; park those to keys of which nothing
    stands any more.
    """
    table, gone = accepted(target), _gone(connection, target)
    _let_go(
        connection,
        target,
        sa.and_(of_receipts(table, receipts), *_standing_key(target, table, gone)),
    )
    if gone:
        _park_again(connection, target)


def _let_go(connection: sa.Connection, target: Record, condition: Sql) -> None:
    # Mostly nothing waits for such rows, and then they need not be named.
    waiting = sa.exists().where(PARKED.c.target == target.name)
    if not connection.execute(sa.select(waiting)).scalar_one():
        return
    for (on, fixed), links in _links_to(target).items():
        _name(connection, "came", target, on, fixed, condition)
        connection.execute(
            sa.delete(PARKED).where(
                PARKED.c.target == target.name,
                sa.tuple_(PARKED.c.record, PARKED.c.link).in_(links),
                PARKED.c.names == sa.table("came", sa.column("names", pg.JSONB)).c.names,
            )
        )
        run(connection, "DROP TABLE came")


def _park_again(connection: sa.Connection, target: Record) -> None:
    """Park the links to keys that were retracted: they lead nowhere again."""
    table = accepted(target)
    # By its columns, each of which has an index: as one text its rows would all be looked through.
    retracted = [
        table.c[c] == sa.cast(RETRACTED.c.key[place].astext, table.c[c].type)
        for place, c in enumerate(target.key)
    ]
    for (on, fixed), links in _links_to(target).items():
        named = sa.select(*(table.c[c] for c in on)).distinct().select_from(RETRACTED)
        alike = (table.c[c] == text(v) for c, v in fixed)
        mine = named.join(table, sa.and_(*retracted)).where(
            RETRACTED.c.record == target.name, *alike
        )
        connection.execute(mine.into("went", temporary=True))
        run(connection, "ANALYZE went")
        went = sa.table("went", *(sa.column(c) for c in on))
        for name, link_name in links:
            record = record_of(name)
            link = next(link for link in record.waiting if link.name == link_name)
            rows = standing(record)
            names = sa.tuple_(*(rows.c[c] for c in link.columns))
            found = _parked(record, link, rows, names.in_(sa.select(*went.c)), gone=True)
            connection.execute(
                # Some wait already, for another reason than that this key is gone.
                pg.insert(PARKED).from_select(COLUMNS, found).on_conflict_do_nothing()
            )
        run(connection, "DROP TABLE went")


# Named, since PARKED may get columns that are filled elsewhere.
COLUMNS = ["record", "key", "link", "target", "names"]


def _replaced(
    connection: sa.Connection, record: Record, rows: sa.TableClause, wanted: Sql, among: str
) -> Changed:
    selects = [
        _parked(record, link, rows, wanted, gone=_gone(connection, record_of(link.record)))
        for link in own(record)
    ]
    if not selects:
        return Changed()
    computed = sa.union_all(*selects)
    run(connection, f"CREATE TEMP TABLE parked_new ON COMMIT DROP AS {sql(computed)}")
    return replace(connection, PARKED, "parked_new", among)


def own(record: Record) -> tuple[Link, ...]:
    """The links of a record that are parked here."""
    return tuple(link for link in record.waiting if (record.name, link.name) not in ELSEWHERE)


def _of(record: Record) -> str:
    links = ", ".join(str(text(link.name)) for link in own(record)) or "NULL"
    return f"record = {text(record.name)} AND link IN ({links})"


def _names(link: Link, rows: sa.FromClause) -> Sql:
    # As texts, whatever their kinds: a count and a code are compared by what was meant.
    return sa.func.jsonb_build_array(*(sa.cast(rows.c[c], sa.Text) for c in link.columns))


def _parked(
    record: Record, link: Link, rows: sa.FromClause, wanted: Sql, *, gone: bool
) -> sa.Select[Any]:
    """What is parked of a link: open, and its target was never accepted or nothing of it stands."""
    target = accepted(record_of(link.record))
    there: list[Sql] = [rows.c[c].is_not(None) for c in link.columns]
    if link.when:
        there.append(in_scope(link.when, {link.when.column: rows.c[link.when.column]}))
    # In any version: what was said once of a target is known, though a version since says
    # otherwise.
    known = sa.exists().where(
        *_matches(link, target, [rows.c[c] for c in link.columns]),
        *_standing_key(record_of(link.record), target, gone),
    )
    return sa.select(
        text(record.name).label("record"),
        key_of(record, rows).label("key"),
        text(link.name).label("link"),
        text(link.record).label("target"),
        _names(link, rows).label("names"),
    ).where(wanted, *there, ~known)


def _matches(link: Link, target: sa.FromClause, values: Sequence[Any]) -> list[Sql]:
    on = link.on or record_of(link.record).key
    return [
        *(target.c[c] == v for c, v in zip(on, values, strict=True)),
        *(target.c[c] == text(v) for c, v in link.fixed),
    ]


def _gone(connection: sa.Connection, target: Record) -> bool:
    """Whether nothing stands of some key of a record: almost never, and then links look further."""
    some = sa.exists().where(RETRACTED.c.record == target.name)
    return bool(connection.execute(sa.select(some)).scalar_one())


def _standing_key(target: Record, table: sa.FromClause, gone: bool) -> list[Sql]:
    if not gone:
        return []
    retracted = sa.exists().where(
        RETRACTED.c.record == text(target.name), RETRACTED.c.key == key_of(target, table)
    )
    return [~retracted]


def _name(
    connection: sa.Connection,
    table_name: str,
    target: Record,
    on: tuple[str, ...],
    fixed: tuple[tuple[str, str], ...],
    condition: Sql,
) -> None:
    """Make a table of the names by which links name the rows of a target."""
    table = accepted(target)
    names = sa.func.jsonb_build_array(*(sa.cast(table.c[c], sa.Text) for c in on)).label("names")
    mine = sa.select(names).distinct().where(condition, *(table.c[c] == text(v) for c, v in fixed))
    # By a table with statistics: the planner would else look at every parked row for each name.
    connection.execute(mine.into(table_name, temporary=True))
    run(connection, f"ANALYZE {table_name}")


def _links_to(target: Record) -> dict[tuple[Any, ...], list[tuple[str, str]]]:
    """Links (record, name) to a record type, by the columns that they name and what these must
    have.
    """
    found: dict[tuple[Any, ...], list[tuple[str, str]]] = defaultdict(list)
    for record in records().values():
        for link in own(record):
            if link.record == target.name:
                found[tuple(link.on or target.key), tuple(link.fixed)].append(
                    (record.name, link.name)
                )
    return found
