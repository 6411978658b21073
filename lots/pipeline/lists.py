"""The lists of what waits for a person, and what the database runs for a record type."""

from datetime import UTC, datetime

from lots.answers import Listed
from lots.errors import CallError
from lots.records import record as record_of
from lots.records import records
from lots.rules import rules as across
from lots.settings import Settings
from lots.store.answers import statements
from lots.store.answers.naming import distance
from lots.store.engine import engine
from lots.store.intake import prepare
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.schema import ddl

NEAR = 8  # how many ids are shown for one that is none
TITLES = {
    "refused": ("Refused rows", "No row was refused."),
    "findings": ("Findings and notices", "No finding is open."),
    "pending": ("Pending, and notices", "Nothing is pending."),
    "parked": ("Parked links", "Nothing is parked."),
    "contested": ("Contested keys", "Nothing is contested."),
    "receipts": ("Received", "Nothing was received yet."),
    "heard": ("Heard", "No sender has been heard yet."),
}


def listed(settings: Settings, name: str) -> Listed:
    """One of the lists. Raises CallError for a name that is none."""
    if name not in TITLES:
        raise CallError(f"'{name}' is not a list; expected one of {', '.join(TITLES)}.")
    with engine("lots_reader", settings).connect() as connection:
        columns, rows = statements.table(connection, "heard" if name == "heard" else f"list_{name}")
    title, empty = TITLES[name]
    return Listed(
        title,
        tuple(c.replace("_", " ") for c in columns),
        tuple(tuple(map(_shown, r)) for r in rows),
        empty,
    )


def findings_of(settings: Settings, rule: str) -> Listed:
    """Each finding of a rule, in whatever case it is written, that nobody has closed, with its
    number.

    One on a pack comes with every line that tells of the pack.
    """
    known = rule_id(rule)
    with engine("lots_reader", settings).connect() as connection:
        columns, rows = statements.table(connection, "list_findings_of", rule=known)
        if known in across() and across()[known].subject == "pack":
            lines = statements.lines_of_findings(connection, [row[0] for row in rows])
            columns, rows = [*columns, "lines"], [(*row, lines.get(row[0], [])) for row in rows]
    shown = tuple(tuple(map(_shown, r)) for r in rows)
    names = tuple(c.replace("_", " ") for c in columns)
    return Listed(f"Findings of {known}", names, shown, "No such finding is open.")


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


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case int():
            return f"{value:,}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def sql_of(name: str) -> str:
    """The table, the standing view and the verdict of a record type; receipt 0, of 1 January 2000,
    stands for any.
    """
    record = record_of(name)
    names = (f"accepted.{name} ", f"accepted.{name}\n", f"standing.{name} ")
    tables = [s for s in ddl.statements() if any(n in s for n in names)]
    verdict = prepare.verdict(
        record, 0, datetime(2000, 1, 1, tzinfo=UTC), tuple(c.name for c in record.columns)
    )
    return (
        ";\n\n".join([*tables, f"CREATE UNLOGGED TABLE receiving.prepared_0 AS\n{verdict}"]) + ";"
    )
