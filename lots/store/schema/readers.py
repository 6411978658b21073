"""What whoever only reads may see: all but keys of persons and what came as it came. From the
declarations of the columns.

A question that must look at such a key is a function of the owner (lots/store/asked.py).
"""

import re
from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.formats.batch import SENT
from lots.grammar.column import Column
from lots.grammar.schema import Record
from lots.questions import questions
from lots.records import records
from lots.store.answers import absences, naming
from lots.store.asked import ASKED, Asked
from lots.store.intake.verdict_table import sql
from lots.store.queries import over_sure, surely, text_of
from lots.store.schema import access_tables, redaction_tables, scan_tables, sure
from lots.store.schema.record_tables import accepted, declare_all, things
from lots.store.schema.tables import UNDECLARED, UNREAD

READER, DISCLOSER = "lots_reader", "lots_discloser"
# What a row says beside its typed columns may be anybody's key.
AS_IT_CAME = (UNREAD, UNDECLARED, SENT)
# With a secret or a salt whoever guesses a short key finds it by the row's leaf, which stands
# outside.
UNSEEN = (
    "ledger.secret",
    *(table.fullname for table in redaction_tables.UNSEEN),
)  # by no reader, whatever else it may see
# Neither: what is of accounts, and of a site alone.
APART = (access_tables.SCHEMA, scan_tables.SCHEMA)
HIDDEN: Mapping[str, frozenset[str]] = {
    # A file of one short row is guessed by the hash of its bytes.
    "receiving.receipt": frozenset({"sha256"}),
    "receiving.conclusion": frozenset({"sha256"}),
    # And by what a sender announced of it, which a hash of that row gives away too.
    "accepted.transmittal": frozenset({"sha256", "content"}),
    "receiving.refused": frozenset({"raw", "possible", "label", "key"}),
    "receiving.legible": frozenset({"key"}),
    "judged.key_came": frozenset({"key"}),
    "judged.finding": frozenset({"content", "key"}),
    "judged.decision": frozenset({"key"}),
    # What a finding rests on is a digest of rows with persons in them: guessed like their own hash.
    "judged.outcome": frozenset({"subject", "rests_on"}),
    "judged.event": frozenset({"rests_on"}),
    "lineage.person": frozenset({"key", "person"}),
    "lineage.patient": frozenset({"key"}),
    "judged.contested": frozenset({"key"}),
    "judged.retracted": frozenset({"key"}),
    "lineage.parked": frozenset({"key", "names"}),
    # In a key's place it is a person's key as well.
    "ledger.redaction": frozenset({"alias", "known"}),
    "ledger.redacted_file": frozenset({"known", "sha256"}),
}
# Of the view of findings: all but their keys, of which `shown` has what is no person's.
FINDINGS = (
    *("finding", "rule", "rule_version", "record", "receipt", "line", "outcome", "severity"),
    *("holds", "opened_at", "shown", "state"),
)
# No colon before it: a cast has two, and an instant in a text has one after a digit.
PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+[0-9_]*)")


def hidden(record: Record) -> frozenset[str]:
    """The columns of a record's tables that whoever only reads does not see."""
    persons = [c.name for c in record.columns if c.of_person]
    # Whoever guesses a short key finds it by the hash of its row.
    hashes = HIDDEN.get(f"accepted.{record.name}", ())
    return frozenset((*AS_IT_CAME, *persons, *(["content"] if persons else []), *hashes))


def tells_more(record: Record) -> bool:
    """Whether there is anything typed in its rows that whoever only reads does not see."""
    return not hidden(record) <= {*AS_IT_CAME}


def shown() -> dict[str, list[str]]:
    """Every table and view of ours with the columns that are shown."""
    found = {
        table.fullname: _left(table, HIDDEN.get(table.fullname, frozenset()))
        for table in declare_all().sorted_tables
        if table.schema not in APART and table.fullname not in UNSEEN
    }
    # The view knows more columns than the table: named one by one, so that a new one is hidden
    # until somebody decides.
    found["judged.finding_now"] = [*FINDINGS]
    for record in records().values():
        left = _left(accepted(record), hidden(record))
        found |= {f"{schema}.{record.name}": left for schema in ("accepted", "standing")}
        if record in sure.doubted():
            found[f"sure.{record.name}"] = left
    return found


def _left(table: sa.FromClause, without: frozenset[str]) -> list[str]:
    return [c.name for c in table.columns if c.name not in without]


def grants(others: list[str]) -> Iterator[str]:
    """What who only reads may select; the other views are shown whole."""
    for relation, columns in shown().items():
        # By column, never by table: a column that is added later is not granted by accident.
        yield f"GRANT SELECT ({', '.join(columns)}) ON {relation} TO {READER}"
    yield f"GRANT SELECT ON {', '.join(others)} TO {READER}"


# --- columns that name a person in some rows only -------------------------------------------------


def _sometimes() -> Iterator[tuple[Record, Column]]:
    for record in records().values():
        yield from ((record, c) for c in record.columns if c.of_person and c.named_when)


def names() -> list[str]:
    """What the views are called."""
    return [str(things(record, column)) for record, column in _sometimes()]


def views() -> Iterator[str]:
    """The rows in which such a column names no person. A barrier: no condition of a reader's own,
    whose error would say what it saw, is put to the other rows.
    """
    for record, column in _sometimes():
        if column.named_when is None:
            continue
        when = accepted(record).c[column.named_when.column]
        # Of all versions, and not of those that stand alone: a question looks at both.
        columns = ", ".join(c.name for c in things(record, column).columns)
        persons = ", ".join(f"'{value}'" for value in column.named_when.values)
        yield (
            f"CREATE VIEW {things(record, column)} WITH (security_barrier) AS\n"
            f"SELECT {columns}\nFROM {accepted(record).fullname}\n"
            f"WHERE {when.name} NOT IN ({persons})"
        )


# --- questions that the owner puts ----------------------------------------------------------------


def functions() -> Iterator[str]:
    """Each question that looks at a person's key, as a function that answers without it."""
    made = _made()
    for name, asked in ASKED.items():
        text = text_of(name, asked.folder) if asked.folder else made[name]
        yield _function(name, asked, text)
        if asked.folder == "questions":
            yield _function(surely(name), asked, over_sure(text))
        # PostgreSQL lets everybody run a new function.
        for put in (name, *([surely(name)] if asked.folder == "questions" else [])):
            yield f"REVOKE ALL ON FUNCTION {asked.function(put)} FROM PUBLIC"
            yield (
                f"GRANT EXECUTE ON FUNCTION {asked.function(put)}"
                f" TO {READER}, {DISCLOSER}, lots_pipeline"
            )


def _function(name: str, asked: Asked, text: str) -> str:
    places = {parameter: n for n, parameter in enumerate(asked.takes, 1)}
    # By place: by name they would be columns of records.
    numbered = PARAMETER.sub(lambda found: f"${places[found[1]]}", text)
    takes = ", ".join(f"{parameter} {kind}" for parameter, kind in asked.takes.items())
    answers = ", ".join(f"{column} {kind}" for column, kind in asked.answers.items())
    # A session plans it once: to plan for each answer took as long as to answer.
    return (
        f"CREATE FUNCTION {asked.function(name)}({takes}) RETURNS TABLE ({answers})\n"
        "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog\nAS $asked$\n"
        # What is told is called like columns of records.
        f"#variable_conflict use_column\nBEGIN\nRETURN QUERY\n{numbered.rstrip()};\nEND\n$asked$"
    )


def _made() -> dict[str, str]:
    """The statements that are made from the declarations of questions about persons."""
    found: dict[str, sa.ClauseElement | None] = {}
    for question in (q for q in questions().values() if q.of_person(records())):
        found[f"{question.name}_undated"] = absences.undated(question)
        found[f"{question.name}_contested"] = absences.contested_reads(question)
        found[f"{question.name}_named"] = naming.named_by(question)
    return {name: _text(statement) for name, statement in found.items() if statement is not None}


def _text(statement: sa.ClauseElement) -> str:
    """A statement with what it takes by name, and all else written out."""
    dialect = pg.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
    compiled = statement.compile(dialect=dialect)
    written = {
        name: sql(sa.literal(value)) for name, value in compiled.params.items() if value is not None
    }
    return PARAMETER.sub(lambda found: written.get(found[1], found[0]), str(compiled))
