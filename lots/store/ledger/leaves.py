"""Leaves, as PostgreSQL computes them from rows (docs/ledger.md).

As in lots/store/canonical.py no expression may hang on a setting of the session: a leaf must come
out the same for whoever verifies it.
"""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.evidence.forms import MARK
from lots.grammar.schema import Record
from lots.store.canonical import content_of
from lots.store.intake.values import Sql, escaped
from lots.store.intake.verdict_table import sql, typed_columns
from lots.store.ledger.facts import BY_ACT, KNOWN_ROWS, Fact, accepted_rows, by_receipt
from lots.store.ledger.leaf_forms import TOLD, as_bytes, encoded, form, form_anew
from lots.store.schema.tables import UNDECLARED, UNREAD

ACT, RECEIPT = "CAST(:act AS uuid)", "CAST(:receipt AS bigint)"
LINES = "line BETWEEN CAST(:first AS bigint) AND CAST(:last AS bigint)"
EVERY_LINE = {"first": -(2**63), "last": 2**63 - 1}  # no row escapes by its number
SALTED = sa.literal_column("salted.secret", pg.BYTEA)
EMPTY = "decode('', 'hex')"
REFUSED_ROWS = next(fact for fact in BY_ACT if fact.name == "receiving.refused")


def own_secret(fact: Fact, secret: str) -> str:
    """A table's own part of a secret: else rows of two tables with one number shared a salt."""
    return f"sha256({secret} || convert_to('{fact.name}', 'UTF8'))"


def leaf_text(fact: Fact) -> str:
    """A row's leaf as SQL, where what is `salted` stands beside."""
    return sql(_leaf(salt(fact), form(fact)))


@cache
def tables_of_act(facts: tuple[Fact, ...]) -> str:
    """The statement that answers into which of the tables one act put rows: {relation}."""
    return "\nUNION ALL\n".join(
        f"SELECT '{fact.name}' AS relation WHERE EXISTS (SELECT FROM {fact.name} WHERE act = {ACT})"
        for fact in facts
    )


@cache
def of_act(facts: tuple[Fact, ...]) -> str:
    """The statement that answers the leaves of one act's rows, joined, by table: {relation,
    leaves}.
    """
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
    leaves, others}. anew: from their values as they stand; others: of how many the hash that was
    kept is another then.
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
def others(record: Record) -> str:
    """Accepted rows of one receipt whose kept hash is another than that of their values: {place}."""
    rows = _accepted_rows(record, anew=True, own=f"receipt = {RECEIPT}")
    return f"SELECT place FROM (\n{rows}\n) AS row WHERE other ORDER BY position LIMIT CAST(:most AS bigint)"


@cache
def shown(record: Record) -> str:
    """What a proof of one accepted row shows: {salt, form, content}."""
    fact = accepted_rows(record)
    content = content_of(record, _values(record), form_alone=True)
    kept_salt = (
        f"SELECT s.salt FROM ledger.salt AS s WHERE s.of_act = {ACT} AND s.relation = '{fact.name}'"
        f" AND s.place = {place(fact)}"
    )
    return (
        f"SELECT coalesce(({kept_salt}), {sql(salt(fact))}) AS salt,"
        f" {sql(form(fact))} AS form, {sql(content)} AS content\n"
        f"FROM ({_given(fact)}) AS salted, {fact.name}\nWHERE receipt = {RECEIPT} AND line = CAST(:line AS bigint)"
    )


@cache
def kept(fact: Fact, record: Record | None = None) -> str:
    """The rows of one table under an entry whose secret went with a redaction: {position, leaf,
    place}.
    record: of an accepted row's table, whose values are told anew.
    """
    # Accepted rows have no act of their own: a file is accepted once.
    own = f"receipt = {RECEIPT}" if fact in by_receipt() else f"act = {ACT}"
    rows = _forms_anew(record, own) if record else _forms(fact, own)
    leaf = "sha256(decode('00', 'hex') || salt.salt || row.form)"
    # What is neither salted nor told as redacted was put in or changed: a hash that no entry has.
    return (
        f"SELECT row.position, row.place, CASE WHEN redacted.form = sha256(row.form) THEN redacted.leaf\n"
        f"    WHEN redacted.form IS NULL THEN coalesce({leaf}, sha256(row.form)) ELSE sha256(row.form) END AS leaf\n"
        f"FROM (\n{rows}\n) AS row\n"
        f"LEFT JOIN ledger.salt ON salt.of_act = {ACT} AND salt.relation = '{fact.name}' AND salt.place = row.place\n"
        f"LEFT JOIN ({_redacted(fact)}) AS redacted ON redacted.place = row.place\n"
        "ORDER BY row.position, leaf"
    )


def leaf_before(fact: Fact, act: str = "") -> str:
    """A row's leaf as its entry has it, whatever was redacted before: of the fact's own table. act:
    of which act, where it is none of its columns.
    """
    act = act or f"{fact.name}.act"
    mine = f"of_act = {act} AND relation = '{fact.name}' AND place = {place(fact)}"
    own = f"SELECT {own_secret(fact, 's.secret')} AS secret FROM ledger.secret AS s WHERE s.act = {act}"
    derived = f"(SELECT {sql(salt(fact))} FROM ({own}) AS salted)"
    salts = f"coalesce((SELECT salt FROM ledger.salt WHERE {mine}), {derived})"
    of = sql(form(fact))
    return (
        f"coalesce((SELECT leaf FROM ledger.redacted WHERE {mine} ORDER BY redacted DESC LIMIT 1),"
        f" sha256(decode('00', 'hex') || {salts} || {of}))"
    )


def _redacted(fact: Fact) -> str:
    # A row may tell of two persons: what was taken out last is how it stands.
    return (
        "SELECT DISTINCT ON (r.place) r.place, r.leaf, r.form FROM ledger.redacted AS r"
        f" WHERE r.of_act = {ACT} AND r.relation = '{fact.name}' ORDER BY r.place, r.redacted DESC"
    )


def _forms(fact: Fact, own: str) -> str:
    position = sql(fact.table.c[fact.order]) if fact.order else "0"
    return (
        f"SELECT {position} AS position, {place(fact)} AS place, {sql(form(fact))} AS form"
        f" FROM {fact.name} WHERE {own}"
    )


def _forms_anew(record: Record, own: str) -> str:
    fact = accepted_rows(record)
    told = (
        f"SELECT {TOLD}, {sql(content_of(record, _values(record)))} AS anew"
        f" FROM {fact.name} WHERE {own} OFFSET 0"
    )
    return (
        f"SELECT line AS position, receipt || ':' || line AS place, {sql(form_anew(record))} AS form"
        f" FROM ({told}) AS told"
    )


def _accepted_rows(record: Record, *, anew: bool, own: str) -> str:
    fact = accepted_rows(record)
    content = sql(content_of(record, _values(record))) if anew else "content"
    # Once a row, though its leaf and whether it differs both ask for it.
    told = f"SELECT {TOLD}, content, {content} AS anew FROM {fact.name} WHERE {own} OFFSET 0"
    salted = _salted(sa.func.int8send(sa.column("line"), type_=pg.BYTEA))
    leaf = sql(_leaf(salted, form_anew(record)))
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
        f"SELECT {act}{position} AS position, {place(fact)} AS place, {leaf_text(fact)} AS leaf\n"
        f"FROM ({secret}) AS salted, {fact.name}\nWHERE {own}"
    )


def place(fact: Fact) -> str:
    """How a row is told: by its number or line; never by a key, which may be a person's."""
    if {"receipt", "line"} <= {*fact.key}:
        return f"{fact.name}.receipt || ':' || {fact.name}.line"
    return f"{fact.name}.{fact.key[0]}::text"


def _given(fact: Fact) -> str:
    # Once a statement, and not once a row.
    return f"SELECT {own_secret(fact, 'CAST(:secret AS bytea)')} AS secret OFFSET 0"


def _joined() -> str:
    return f"string_agg(leaf, {EMPTY} ORDER BY position, leaf) AS leaves"


def salt(fact: Fact) -> Sql:
    """A row's salt: whoever is shown it finds no other's, nor the secret that it is made of."""
    if fact.order and (len(fact.key) == 1 or fact.key == ("receipt", "line")):
        return _salted(sa.func.int8send(fact.table.c[fact.order], type_=pg.BYTEA))
    key = (sa.cast(fact.table.c[name], sa.Text) for name in fact.key)
    return _salted(encoded(sa.func.concat_ws(escaped(MARK), *key, type_=sa.Text)))


def _salted(own: Sql) -> Sql:
    return sa.func.sha256(SALTED.op("||")(own), type_=pg.BYTEA)


def _leaf(salt: Sql, of: Sql) -> Sql:
    return sa.func.sha256(as_bytes(b"\0").op("||")(salt).op("||")(of), type_=pg.BYTEA)
