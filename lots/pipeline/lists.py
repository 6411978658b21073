"""The lists of what waits for a person, and what the database runs for a record type."""

from datetime import UTC, datetime
from typing import Any

from lots.answers import Heard, Listed
from lots.answers import lists as rows
from lots.errors import CallError
from lots.questions import questions
from lots.records import record as record_of
from lots.records import records
from lots.rules import rules as across
from lots.settings import Settings
from lots.store.answers import absences, statements
from lots.store.answers.naming import distance
from lots.store.engine import engine
from lots.store.intake import row_verdict
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.schema import ddl

TABLES = (("accepted", " "), ("accepted", "\n"), ("standing", " "))
NEAR = 8  # how many ids are shown for one that is none
LISTS: dict[str, tuple[str, type[Any], str]] = {  # title, kind of row, what an empty one means
    "refused": ("Refused rows", rows.RefusedRow, "No row was refused."),
    "findings": ("Findings and notices", rows.FindingsOfRule, "No finding is open."),
    "pending": ("Pending, and notices", rows.PendingOfRule, "Nothing is pending."),
    "parked": ("Parked links", rows.ParkedLinks, "Nothing is parked."),
    "contested": ("Contested keys", rows.ContestedKeys, "Nothing is contested."),
    "receipts": ("Received", rows.ReceivedOfRecord, "Nothing was received yet."),
    "heard": ("Heard", Heard, "No sender has been heard yet."),
}


def listed(settings: Settings, name: str) -> Listed[Any]:
    """One of the lists. Raises CallError for a name that is none."""
    if name not in LISTS:
        raise CallError(f"'{name}' is not a list; expected one of {', '.join(LISTS)}.")
    title, kind, empty = LISTS[name]
    statement = "heard" if name == "heard" else f"list_{name}"
    with engine("lots_reader", settings).connect() as connection:
        return Listed(title, kind, statements.listed(connection, statement, kind), empty)


def findings_of(settings: Settings, rule: str) -> Listed[Any]:
    """Each finding of a rule, in whatever case it is written, that nobody has closed, with its
    number.

    One on a pack comes with every line that tells of the pack.
    """
    known = rule_id(rule)
    title, empty = f"Findings of {known}", "No such finding is open."
    with engine("lots_reader", settings).connect() as connection:
        found = statements.listed(connection, "list_findings_of", rows.OneFinding, rule=known)
        if known not in across() or across()[known].subject != "pack":
            return Listed(title, rows.OneFinding, found, empty)
        lines = statements.lines_of_findings(connection, [f.finding for f in found])
    told = tuple(
        rows.PackFinding(
            f.finding,
            f.record,
            f.state,
            f.holds,
            f.opened,
            f.told_by,
            tuple(lines.get(f.finding, ())),
        )
        for f in found
    )
    return Listed(title, rows.PackFinding, told, empty)


def rule_id(name: str) -> str:
    """The id of a rule, written in whatever case. Raises CallError, with the ids that are near."""
    ids = {
        *across(),
        *(r.id for record in records().values() for r in record.rules),
        CONTESTED_RULE,
    }
    known = {i.lower(): i for i in sorted(ids)}
    wanted = name.lower()
    if wanted in known:
        return known[wanted]
    near = [
        i for low, i in known.items() if low.startswith(f"{wanted}.") or distance(low, wanted) == 1
    ]
    told = f"; near it are {', '.join(near[:NEAR])}" if near else "; docs/rules.md lists them"
    raise CallError(f"'{name}' is not a rule{told}.")


def sql_of(name: str) -> str:
    """What the database runs for a record type, for a question, or for both of one name. Raises
    CallError for what is neither.
    """
    question = questions().get(name.lower().replace("-", "_"))
    asked = absences.printed(question) if question else []
    return ";\n\n".join([*(_sql_of_record(name, alone=not asked)), *asked]) + ";"


def _sql_of_record(name: str, *, alone: bool) -> list[str]:
    """The table, the standing view and the verdict of a record type; receipt 0, of 1 January 2000,
    stands for any.
    """
    if not alone and name.lower().replace("-", "_") not in records():
        return []
    record = record_of(name)
    names = tuple(f"{schema}.{record.name}{end}" for schema, end in TABLES)
    tables = [s for s in ddl.statements() if any(n in s for n in names)]
    verdict = row_verdict.verdict(
        record, 0, datetime(2000, 1, 1, tzinfo=UTC), tuple(c.name for c in record.columns)
    )
    return [*tables, f"CREATE UNLOGGED TABLE receiving.verdict_0 AS\n{verdict}"]
