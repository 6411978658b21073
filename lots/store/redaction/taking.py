"""Take a person out of all rows, in one transaction: what is kept of each row's leaf is noted
before, and what its entry needs to prove the others after.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from lots.formats.batch import SENT
from lots.grammar.schema import Record
from lots.records import records
from lots.store.canonical import content_of
from lots.store.intake.verdict_table import sql
from lots.store.ledger import leaves
from lots.store.ledger.facts import BY_ACT, EVERY_ACT, Fact, accepted_rows, by_receipt
from lots.store.ledger.leaf_forms import form
from lots.store.redaction import persons
from lots.store.redaction.persons import Person
from lots.store.schema.tables import UNDECLARED, UNREAD

FACTS = {fact.name: fact for fact in EVERY_ACT}
# By what a row of such a table is told beside its act: these are under the entry of their receipt.
OF_RECEIPT = "receiving.conclusion AS accepted_by"
MINE = "accepted_by.receipt = {0}.receipt AND accepted_by.status = 'accepted'"
# Derived from rows, with keys of persons in them.
DERIVED = (
    *("judged.contested", "judged.retracted", "judged.key_came", "judged.outcome"),
    *("lineage.parked", "lineage.open_end", "lineage.person", "lineage.patient"),
)
BEGUN = (
    "CREATE TEMP TABLE redacted_now (of_act uuid, relation text, place text, leaf bytea NOT NULL,"
    " PRIMARY KEY (relation, place)) ON COMMIT DROP",
    "CREATE TEMP TABLE content_was (record text, receipt bigint, line bigint, old bytea, new bytea)"
    " ON COMMIT DROP",
)


def begin(connection: sa.Connection) -> None:
    """Have the tables of what is taken."""
    for statement in BEGUN:
        connection.execute(sa.text(statement))


def take(
    connection: sa.Connection,
    fact: Fact,
    where: str,
    sets: Mapping[str, str],
    given: Mapping[str, object],
) -> int:
    """Change the rows of one table of facts where a condition holds; how many. What a row's leaf
    was is noted first; what no entry covers yet has none.
    """
    _note(
        connection,
        fact,
        fact.name,
        f"{fact.name}.act",
        f"{fact.name}.act IS NOT NULL AND ({where})",
        given,
    )
    told = ", ".join(f"{name} = {value}" for name, value in sets.items())
    done = connection.execute(sa.text(f"UPDATE {fact.name} SET {told} WHERE {where}"), given)
    return done.rowcount


def _note(
    connection: sa.Connection,
    fact: Fact,
    source: str,
    act: str,
    where: str,
    given: Mapping[str, object],
) -> None:
    # A row that is changed twice was what it was before the first time.
    note = (
        "INSERT INTO redacted_now (of_act, relation, place, leaf)\n"
        f"SELECT {act}, '{fact.name}', {leaves.place(fact)}, {leaves.leaf_before(fact, act)}\n"
        f"FROM {source} WHERE {where} ON CONFLICT DO NOTHING"
    )
    connection.execute(sa.text(note), given)


# --- accepted rows --------------------------------------------------------------------------------


def take_accepted(connection: sa.Connection, record: Record, person: Person) -> None:
    """Put the alias in the key's place in the rows of one record that name the person, or whose
    free texts do.
    """
    # Free texts of all records are searched, also of those that name no such person.
    fact, mine = accepted_rows(record), persons.is_named(record, person.kind)
    anywhere = [f"{c} ~ :pattern" for c in persons.texts(record)]
    anywhere += [f"{c}::text ~ :pattern" for c in (UNREAD, UNDECLARED, SENT)]
    where = " OR ".join([*([mine] if mine else []), *anywhere])
    _take_rows(
        connection, fact, record, where, _sets(record, person.kind, mine or "false"), person.given
    )


def _sets(record: Record, kind: str, mine: str) -> Mapping[str, str]:
    sets = {
        column.name: f"CASE WHEN {column.name} = :key AND {when} THEN :alias ELSE {column.name} END"
        for column, when in persons.named(record, kind)
    }
    word = "regexp_replace({}, :pattern, :alias, 'g')"
    sets |= {name: word.format(name) for name in persons.texts(record)}
    sets |= {name: word.format(f"{name}::text") + "::jsonb" for name in (UNREAD, SENT)}
    # What nobody declared may be a name or a day of birth.
    masks = f"{mine} OR {UNDECLARED}::text ~ :pattern"
    return sets | {
        UNDECLARED: f"CASE WHEN {masks} THEN ledger.masked({UNDECLARED}) ELSE {UNDECLARED} END"
    }


def take_hashes(connection: sa.Connection, receipts: Mapping[bytes, bytes]) -> None:
    """Let transmittals announce a file that is kept anew by its new hash: {old: new}."""
    record = records()["transmittal"]
    for old, new in receipts.items():
        given = {"old": old.hex(), "new": new.hex()}
        where = 'lower(sha256 COLLATE "C") = :old'
        _take_rows(connection, accepted_rows(record), record, where, {"sha256": ":new"}, given)


def _take_rows(
    connection: sa.Connection,
    fact: Fact,
    record: Record,
    where: str,
    sets: Mapping[str, str],
    given: Mapping[str, object],
) -> None:
    name = fact.name
    source = f"{name} JOIN {OF_RECEIPT} ON {MINE.format(name)}"
    _note(connection, fact, source, "accepted_by.act", _qualified(name, where), given)
    note = (
        "INSERT INTO content_was (record, receipt, line, old)"
        f" SELECT '{record.name}', receipt, line, content FROM {name} WHERE {where}"
    )
    connection.execute(sa.text(note), given)
    told = ", ".join(f"{column} = {value}" for column, value in sets.items())
    connection.execute(sa.text(f"UPDATE {name} SET {told} WHERE {where}"), given)
    anew = sql(content_of(record, {c.name: c for c in fact.table.columns}))
    same = f"w.receipt = {name}.receipt AND w.line = {name}.line AND w.record = :record"
    for statement in (
        f"UPDATE {name} SET content = {anew} FROM content_was AS w WHERE {same}",
        f"UPDATE content_was AS w SET new = {name}.content FROM {name} WHERE {same}",
    ):
        connection.execute(sa.text(statement), {"record": record.name})


def _qualified(name: str, where: str) -> str:
    """The condition where another table with columns of the same names stands beside."""
    return f"({name}.receipt, {name}.line) IN (SELECT receipt, line FROM {name} WHERE {where})"


# --- what an entry needs to prove its other rows
# ---------------------------------------------------


def finish(connection: sa.Connection) -> int:
    """Keep of each row that was changed its leaf and how it stands since, and of each other row
    under the same entries its salt; their secrets go. How many rows were changed.
    """
    found = (
        connection.execute(sa.text("SELECT DISTINCT relation FROM redacted_now")).scalars().all()
    )
    # The form is taken as the row stands since: what is altered later is found by it.
    every = FACTS | {fact.name: fact for fact in by_receipt()}
    for relation in found:
        fact = every[relation]
        kept = (
            "INSERT INTO ledger.redacted (of_act, relation, place, leaf, form)\n"
            f"SELECT n.of_act, n.relation, n.place, n.leaf, sha256({sql(form(fact))})\n"
            f"FROM redacted_now AS n JOIN {relation} ON n.place = {leaves.place(fact)}\n"
            f"WHERE n.relation = '{relation}'"
        )
        connection.execute(sa.text(kept))
    for fact in (*BY_ACT, *(f for f in EVERY_ACT if f not in BY_ACT)):
        _keep_salts(connection, fact, fact.name, f"{fact.name}.act")
    for fact in by_receipt():
        source = f"{fact.name} JOIN {OF_RECEIPT} ON {MINE.format(fact.name)}"
        _keep_salts(connection, fact, source, "accepted_by.act")
    for statement in (
        "DELETE FROM ledger.salt AS s USING redacted_now AS n"
        " WHERE s.of_act = n.of_act AND s.relation = n.relation AND s.place = n.place",
        "DELETE FROM ledger.secret WHERE act IN (SELECT of_act FROM redacted_now)",
    ):
        connection.execute(sa.text(statement))
    return int(connection.execute(sa.text("SELECT count(*) FROM redacted_now")).scalar_one())


def look_anew(connection: sa.Connection) -> None:
    """Let PostgreSQL look anew at what was changed: its statistics keep the commonest values of a
    column.
    """
    changed = connection.execute(sa.text("SELECT DISTINCT relation FROM redacted_now")).scalars()
    for name in sorted({*changed, *DERIVED}):
        connection.execute(sa.text(f"ANALYZE {name}"))


def _keep_salts(connection: sa.Connection, fact: Fact, source: str, act: str) -> None:
    secrets = (
        f"SELECT s.act AS salted_act, {leaves.own_secret(fact, 's.secret')} AS secret"
        " FROM ledger.secret AS s WHERE s.act IN (SELECT of_act FROM redacted_now)"
    )
    kept = (
        "INSERT INTO ledger.salt (of_act, relation, place, salt)\n"
        f"SELECT {act}, '{fact.name}', {leaves.place(fact)}, {sql(leaves.salt(fact))}\n"
        f"FROM {source} JOIN ({secrets}) AS salted ON salted.salted_act = {act}\n"
        f"WHERE NOT EXISTS (SELECT FROM redacted_now AS n WHERE n.relation = '{fact.name}'"
        f" AND n.place = {leaves.place(fact)})"
    )
    connection.execute(sa.text(kept))
