"""Whether a key stands anywhere yet: asked before anything is said to be done."""

from collections.abc import Iterator

import sqlalchemy as sa

from lots.formats.batch import SENT
from lots.records import records
from lots.store.redaction import persons, taking
from lots.store.redaction.persons import Person
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import UNDECLARED, UNREAD

# What a person or a program wrote in its own words, outside accepted rows.
WORDS = {
    "receiving.receipt": ("file_name", "sentence", "layout"),
    "receiving.arrival": ("file_name", "place"),
    "judged.disposition": ("content", "given", "key"),
    "judged.disposition_word": ("meaning",),
    "ledger.newest": ("reason",),
    "ledger.entry": ("reference", "by"),
    "access.question": ("asked",),
    "access.signature": ("meaning",),
}
EVERYWHERE = ("reason", "sentence", "file_name")


def left_over(connection: sa.Connection, person: Person) -> list[str]:
    """The columns in which the key still stands, as schema.table.column."""
    found = []
    for name, where in (*_accepted(person), *_kept(person), *_words()):
        table, _, column = name.rpartition(".")
        # The column alone is told: what stands in it may be anybody's.
        told = f"SELECT EXISTS (SELECT FROM {table} WHERE {where.format(column)})"
        if connection.scalar(sa.text(told), person.given):
            found.append(name)
    return sorted(dict.fromkeys(found))


def _accepted(person: Person) -> Iterator[tuple[str, str]]:
    for record in records().values():
        table = accepted(record).fullname
        for column, when in persons.named(record, person.kind):
            yield f"{table}.{column.name}", f"{{}} = :key AND {when}"
        for name in (*persons.texts(record), UNREAD, UNDECLARED, SENT):
            yield f"{table}.{name}", "{}::text ~ :pattern"


def _kept(person: Person) -> Iterator[tuple[str, str]]:
    """Where a key stands in a column that is of persons, or in the key of a row."""
    yield "receiving.refused.raw", "encode({}, 'escape') ~ :pattern"
    yield "lineage.person.key", "{} = :key AND kind = :kind"
    yield "lineage.person.person", "{} = :key AND kind = :kind"
    if person.kind == "patient":
        yield from (
            (f"{name}.patient", "{} = :key") for name in ("scanned.scan", "scanned.booking")
        )
        yield "lineage.patient.key", "{} = :key"
    names = ", ".join(f"'{name}'" for name in persons.places(person.kind))
    tables = (
        "judged.finding",
        "judged.decision",
        "judged.contested",
        "judged.retracted",
        "judged.key_came",
    )
    for table in (*tables, "receiving.legible", "lineage.parked", "lineage.open_end"):
        yield f"{table}.key", f"record IN ({names}) AND {{}} ? :key"


def _words() -> Iterator[tuple[str, str]]:
    for name, columns in WORDS.items():
        yield from ((f"{name}.{column}", "{}::text ~ :pattern") for column in columns)
    for name, fact in taking.FACTS.items():
        for column in EVERYWHERE:
            if column in fact.table.columns:
                yield f"{name}.{column}", "{}::text ~ :pattern"
