"""Leaves, as PostgreSQL computes them from rows (docs/ledger.md).

As in lots/store/canonical.py no expression may hang on a setting of the session: a leaf must come
out the same for whoever verifies it.
"""

from collections.abc import Callable, Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.evidence.forms import LEAF, MARK
from lots.grammar.schema import Record
from lots.store.canonical import content_of, doubled
from lots.store.intake.values import Sql, escaped, text
from lots.store.intake.verdict_table import sql, typed_columns
from lots.store.ledger.facts import BY_ACT, KNOWN_ROWS, Fact, accepted_rows
from lots.store.schema.tables import UNDECLARED, UNREAD

ACT, RECEIPT = "CAST(:act AS uuid)", "CAST(:receipt AS bigint)"
LINES = "line BETWEEN CAST(:first AS bigint) AND CAST(:last AS bigint)"
EVERY_LINE = {"first": -(2**63), "last": 2**63 - 1}  # no row escapes by its number
SALTED = sa.literal_column("salted.secret", pg.BYTEA)
# What an accepted row says of itself; its values are told by the hash of their canonical form.
OF_ROW = ("receipt", "line", "version", "rank", "sent")
EMPTY = "decode('', 'hex')"
REFUSED_ROWS = next(fact for fact in BY_ACT if fact.name == "receiving.refused")


def own_secret(fact: Fact, secret: str) -> str:
    """A table's own part of a secret: else rows of two tables with one number shared a salt."""
    return f"sha256({secret} || convert_to('{fact.name}', 'UTF8'))"


def leaf_text(fact: Fact) -> str:
    """A row's leaf as SQL, where what is `salted` stands beside."""
    return sql(_leaf(_salt(fact), form(fact)))


def form(fact: Fact) -> Sql:
    """What a row's leaf is of, as bytes: its table's name, and every value but its act."""
    return _form(fact, [(c.name, c) for c in fact.table.columns if c.name != "act"])


@cache
def tables_of_act(facts: tuple[Fact, ...]) -> str:
    """The statement that answers into which of the tables one act put rows: {relation}."""
    return "\nUNION ALL\n".join(
        f"SELECT '{fact.name}' AS relation WHERE EXISTS (SELECT FROM {fact.name} WHERE act = {ACT})"
        for fact in facts
    )


@cache
def of_act(facts: tuple[Fact, ...]) -> str:
    """The statement that answers the leaves of one act's rows, joined, by table: {relation, leaves}."""
    return "\nUNION ALL\n".join(
        f"SELECT '{fact.name}' AS relation, {_joined()}\nFROM (\n{_rows(fact, f'act = {ACT}', _given(fact))}\n) AS row"
        for fact in facts
    )


@cache
def of_all_acts(fact: Fact) -> str:
    """The same of one table, of all acts: {act, leaves}."""
    mine = f"SELECT s.act AS salted_act, {own_secret(fact, 's.secret')} AS secret FROM ledger.secret AS s OFFSET 0"
    rows = _rows(fact, "act = salted_act", mine)
    return f"SELECT act, {_joined()}\nFROM (\n{rows}\n) AS row\nGROUP BY act"


@cache
def labelled(fact: Fact) -> str:
    """The rows of one table that one act put: {position, leaf, place}."""
    rows = _rows(fact, f"act = {ACT}", _given(fact))
    return f"SELECT position, leaf, place FROM (\n{rows}\n) AS row ORDER BY position, leaf"


@cache
def of_receipt(record: Record, *, anew: bool) -> str:
    """The leaves of the rows that were accepted, and known, with lines of one receipt: {relation,
    leaves, others}. anew: from their values as they stand; others: of how many the hash that was kept is
    another then.
    """
    fact = accepted_rows(record)
    mine = _accepted_rows(record, anew=anew, own=f"receipt = {RECEIPT} AND {LINES}")
    known = _rows(KNOWN_ROWS, f"receipt = {RECEIPT} AND {LINES}", _given(KNOWN_ROWS))
    return (
        f"SELECT '{fact.name}' AS relation, {_joined()}, count(*) FILTER (WHERE other) AS others\n"
        f"FROM (\n{mine}\n) AS row\n"
        f"UNION ALL\nSELECT '{KNOWN_ROWS.name}', {_joined()}, 0 FROM (\n{known}\n) AS row"
    )


@cache
def labelled_of_receipt(record: Record | None) -> str:
    """The accepted rows of one receipt, or those that were known: {position, leaf, place}."""
    if record is None:
        rows = _rows(KNOWN_ROWS, f"receipt = {RECEIPT}", _given(KNOWN_ROWS))
    else:
        rows = _accepted_rows(record, anew=True, own=f"receipt = {RECEIPT}")
    return f"SELECT position, leaf, place FROM (\n{rows}\n) AS row ORDER BY position, leaf"


@cache
def shown(record: Record) -> str:
    """What a proof of one accepted row shows: {salt, form, content}."""
    fact = accepted_rows(record)
    content = content_of(record, _values(record), form_alone=True)
    columns = [(name, fact.table.c[name]) for name in (*OF_ROW, "content")]
    return (
        f"SELECT {sql(_salt(fact))} AS salt, {sql(_form(fact, columns))} AS form, {sql(content)} AS content\n"
        f"FROM ({_given(fact)}) AS salted, {fact.name}\nWHERE receipt = {RECEIPT} AND line = CAST(:line AS bigint)"
    )


def _accepted_rows(record: Record, *, anew: bool, own: str) -> str:
    fact = accepted_rows(record)
    content = sql(content_of(record, _values(record))) if anew else "content"
    # Once a row, though its leaf and whether it differs both ask for it.
    told = f"SELECT {', '.join(OF_ROW)}, content, {content} AS anew FROM {fact.name} WHERE {own} OFFSET 0"
    columns: list[tuple[str, Sql]] = [(n, sa.column(n, fact.table.c[n].type)) for n in OF_ROW]
    columns.append(("content", sa.column("anew", pg.BYTEA)))
    salt = _salted(sa.func.int8send(sa.column("line"), type_=pg.BYTEA))
    leaf = sql(_leaf(salt, _form(fact, columns)))
    return (
        f"SELECT line AS position, content <> anew AS other, receipt || ':' || line AS place, {leaf} AS leaf\n"
        f"FROM ({_given(fact)}) AS salted, ({told}) AS told"
    )


def _values(record: Record) -> dict[str, Sql]:
    table = accepted_rows(record).table
    return {name: table.c[name] for name in (*typed_columns(record), UNREAD, UNDECLARED)}


def _rows(fact: Fact, own: str, secret: str) -> str:
    position = sql(fact.table.c[fact.order]) if fact.order else "0"
    act = "act, " if "act" in fact.table.c else ""
    return (
        f"SELECT {act}{position} AS position, {_place(fact)} AS place, {leaf_text(fact)} AS leaf\n"
        f"FROM ({secret}) AS salted, {fact.name}\nWHERE {own}"
    )


def _place(fact: Fact) -> str:
    """How a row is told: by its number or line; never by a key, which may be a person's."""
    if {"receipt", "line"} <= {*fact.key}:
        return "receipt || ':' || line"
    return f"{fact.key[0]}::text"


def _given(fact: Fact) -> str:
    # Once a statement, and not once a row.
    return f"SELECT {own_secret(fact, 'CAST(:secret AS bytea)')} AS secret OFFSET 0"


def _joined() -> str:
    return f"string_agg(leaf, {EMPTY} ORDER BY position, leaf) AS leaves"


def _salt(fact: Fact) -> Sql:
    """A row's salt: whoever is shown it finds no other's, nor the secret that it is made of."""
    if fact.order and (len(fact.key) == 1 or fact.key == ("receipt", "line")):
        return _salted(sa.func.int8send(fact.table.c[fact.order], type_=pg.BYTEA))
    key = (sa.cast(fact.table.c[name], sa.Text) for name in fact.key)
    return _salted(_bytes(sa.func.concat_ws(escaped(MARK), *key, type_=sa.Text)))


def _salted(own: Sql) -> Sql:
    return sa.func.sha256(SALTED.op("||")(own), type_=pg.BYTEA)


def _leaf(salt: Sql, of: Sql) -> Sql:
    # Not a literal: what a backslash in one means is a setting too.
    first = sa.func.decode(text("00"), text("hex"), type_=pg.BYTEA)
    return sa.func.sha256(first.op("||")(salt).op("||")(of), type_=pg.BYTEA)


def _form(fact: Fact, columns: Sequence[tuple[str, Sql]]) -> Sql:
    parts = [escaped(f"{LEAF}{MARK}of={fact.name}")]
    parts += [escaped(f"{MARK}{name}=").op("||")(_told(column)) for name, column in columns]
    # concat leaves out what is null, a part with its mark.
    return _bytes(sa.func.concat(*parts, type_=sa.Text))


def _bytes(told: Sql) -> Sql:
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
