"""Links that lead nowhere yet, of every record: parked, and let go when what they name comes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Link
from lots.grammar.schema import Record
from lots.records import record as record_of
from lots.records import records
from lots.store.among import among
from lots.store.difference import Changed, all_where, replace
from lots.store.intake.accepting import key_of
from lots.store.intake.breaches import in_scope
from lots.store.intake.staging import run
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from lots.store.lineage.touched import Touched, Wanted, every
from lots.store.schema.lineage_tables import PARKED
from lots.store.schema.record_tables import accepted, standing
from lots.store.schema.tables import RETRACTED

Sql = sa.ColumnElement[Any]
# Whether an infusion's vial waits for its preparation is known only once the vials are linked.
ELSEWHERE = {("administration_vial", "preparation")}


def park(connection: sa.Connection, touched: Touched) -> Changed:
    """Park the links of the touched rows whose target is not known."""
    among = touched.kept(PARKED, _of(map(record_of, touched.versioned)))
    return _replaced(connection, map(record_of, touched.receipts), touched.wanted, among)


def park_all(connection: sa.Connection, of: Collection[Record]) -> Changed:
    """Park all links of some records, compared with all that are kept."""
    return _replaced(connection, of, every, all_where(PARKED, _of(of)))


def unpark(connection: sa.Connection, receipts: Mapping[str, Sequence[int]]) -> None:
    """Let go the links that waited for rows of these receipts, by record; park those to keys of which
    nothing stands any more.
    """
    gone = _gone(connection)
    for name in _waited_for(connection, receipts):
        target, table = record_of(name), accepted(record_of(name))
        mine = among(table.c.receipt, receipts[name])
        _let_go(connection, target, sa.and_(mine, *_standing_key(target, table, gone)))
    for name in gone & receipts.keys():
        _park_again(connection, record_of(name), gone)


def _waited_for(connection: sa.Connection, targets: Iterable[str]) -> list[str]:
    """Those of some records for which any link waits: of most nothing does, and their rows need not be
    named.
    """
    asked = sa.func.unnest(sa.literal([*targets], pg.ARRAY(sa.Text))).column_valued("asked")
    waiting = sa.exists().where(PARKED.c.target == asked)
    return [*connection.execute(sa.select(asked).where(waiting)).scalars()]


def _let_go(connection: sa.Connection, target: Record, condition: Sql) -> None:
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


def _park_again(connection: sa.Connection, target: Record, gone: Set[str]) -> None:
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
            found = _parked(record, link, rows, names.in_(sa.select(*went.c)), gone)
            connection.execute(
                # Some wait already, for another reason than that this key is gone.
                pg.insert(PARKED).from_select(COLUMNS, found).on_conflict_do_nothing()
            )
        run(connection, "DROP TABLE went")


# Named, since PARKED may get columns that are filled elsewhere.
COLUMNS = ["record", "key", "link", "target", "names"]


def _replaced(
    connection: sa.Connection, of: Iterable[Record], wanted: Wanted, among: str
) -> Changed:
    """Park what is wanted of each record, in place of what is kept among these."""
    gone, columns = _gone(connection), ", ".join(COLUMNS)
    run(
        connection,
        f"CREATE TEMP TABLE parked_new ON COMMIT DROP AS SELECT {columns} FROM {PARKED.fullname} WHERE false",
    )
    for record in of:
        rows = standing(record)
        mine = wanted(record, rows)
        if selects := [_parked(record, link, rows, mine, gone) for link in own(record)]:
            run(connection, f"INSERT INTO parked_new ({columns}) {sql(sa.union_all(*selects))}")
    return replace(connection, PARKED, "parked_new", among)


def own(record: Record) -> tuple[Link, ...]:
    """The links of a record that are parked here."""
    return tuple(link for link in record.waiting if (record.name, link.name) not in ELSEWHERE)


def _of(of: Iterable[Record]) -> str:
    """That a kept row is of a link of these records that is parked here."""
    links = [f"({text(record.name)}, {text(link.name)})" for record in of for link in own(record)]
    return f"(record, link) IN ({', '.join(links)})" if links else "false"


def _names(link: Link, rows: sa.FromClause) -> Sql:
    # As texts, whatever their kinds: a count and a code are compared by what was meant.
    return sa.func.jsonb_build_array(*(sa.cast(rows.c[c], sa.Text) for c in link.columns))


def _parked(
    record: Record, link: Link, rows: sa.FromClause, wanted: Sql, gone: Set[str]
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


def _gone(connection: sa.Connection) -> Set[str]:
    """The records of which nothing stands of some key: almost never any, and then links look further."""
    return set(connection.execute(sa.select(RETRACTED.c.record).distinct()).scalars())


def _standing_key(target: Record, table: sa.FromClause, gone: Set[str]) -> list[Sql]:
    if target.name not in gone:
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
