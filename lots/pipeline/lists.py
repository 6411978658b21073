"""The lists of what waits for a person, and what the database runs for a record type."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from lots.answers import Heard, Listed
from lots.answers import lists as rows
from lots.errors import CallError
from lots.pipeline.missing import looks_like
from lots.questions import questions
from lots.records import record as record_of
from lots.records import records
from lots.rules import rules as across
from lots.settings import Settings
from lots.store.answers import absences, holds, parked, statements
from lots.store.answers import waiting as waits
from lots.store.answers.naming import distance
from lots.store.engine import Connection, engine
from lots.store.intake import row_verdict
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.queries import query
from lots.store.schema import ddl

TABLES = (("accepted", " "), ("accepted", "\n"), ("standing", " "))
NEAR = 8  # how many ids are shown for one that is none
WORKLISTS: dict[str, tuple[str, type[Any], str]] = {  # title, kind of row, what an empty one means
    "refused": ("Refused", rows.Refused, "No row was refused."),
    "findings": ("Findings and notices", rows.OneFinding, "No finding is open."),
    "pending": ("Pending, and notices", rows.Pending, "Nothing is pending."),
    "parked": ("Parked links", rows.Parked, "Nothing is parked."),
    "contested": ("Contested keys", rows.Contested, "Nothing is contested."),
}
SENDERS = ("refused", "findings", "parked", "contested")  # of which each thing is of one sender
LISTS: dict[str, tuple[str, type[Any], str]] = {
    "receipts": ("Received", rows.ReceivedOfRecord, "Nothing was received yet."),
    "heard": ("Heard", Heard, "No sender has been heard yet."),
}
COUNTS: dict[tuple[str, str], tuple[str, type[Any]]] = {  # by a statement of their own
    ("refused", "rule"): ("list_refused_by_rule", rows.Counted),
    ("refused", "sender"): ("list_refused_by_sender", rows.Counted),
    ("refused", "lot"): ("list_refused_by_lot", rows.Counted),
    ("findings", "rule"): ("list_findings_by_rule", rows.FindingsOfRule),
    ("pending", "rule"): ("list_pending_by_rule", rows.PendingOfRule),
    ("parked", "rule"): ("list_parked_by_rule", rows.ParkedLinks),
    ("contested", "rule"): ("list_contested_by_rule", rows.ContestedKeys),
}
BY = ("rule", "sender", "lot")


def listed(settings: Settings, name: str) -> Listed[Any]:
    """One of the lists that are shown whole. Raises CallError for a name that is none."""
    if name not in LISTS:
        raise CallError(f"'{name}' is not a list; expected one of {', '.join(LISTS)}.")
    title, kind, empty = LISTS[name]
    statement = "heard" if name == "heard" else f"list_{name}"
    with engine("lots_reader", settings).connect() as connection:
        found = statements.listed(connection, statement, kind)
    if name == "heard":
        found = tuple(sorted(found, key=_missed))
    return Listed(title, kind, found, empty)


def _missed(sender: Heard) -> tuple[bool, bool, datetime, str]:
    """Whoever is missed comes first: what is known to lack, who never told until when, who told least."""
    lacks = sender.missing_sequences or sender.not_arrived or sender.counts_differ
    until = sender.heard_to
    return not lacks, until is not None, until or datetime.min.replace(tzinfo=UTC), sender.sender


def waiting(
    settings: Settings, name: str, *, rule: str = "", sender: str = "", most: int | None = None
) -> Listed[Any]:
    """The things themselves that wait for a person, at most so many, and how many more there are.
    rule: findings of this rule alone, in whatever case it is written; one on a pack comes with
    every line that tells of the pack. sender: what this one sent alone.
    """
    title, kind, empty = WORKLISTS[name]
    of = f"{title}, of {sender}" if sender else title
    with engine("lots_reader", settings).connect() as connection:
        if name == "parked":
            alike, not_compared = looks_like(connection)
            found, whole = parked.parked(connection, most, alike, sender)
            # Said, so that nobody takes what was not compared for unlike everything.
            if not_compared:
                of += f" ({not_compared:,} names were not compared; `lots resolve parked` does)"
            return Listed(of, kind, found, empty, whole - len(found))
        asked: dict[str, Any] = {"most": most}
        if name in SENDERS:
            asked["sender"] = sender or None
        if name == "findings":
            asked["rule"] = known = rule_id(rule) if rule else None
        told = connection.execute(query(f"list_{name}"), asked).mappings().all()
        found = tuple(_row(name, kind, dict(r)) for r in told)
        more = waits.whole(told) - len(found)
        if not rule:
            return Listed(of, kind, found, empty, more)
        of, empty = of.replace(title, f"Findings of {known}"), "No such finding is open."
        return _of_rule(connection, Listed(of, kind, found, empty, more), known or "")


def held(
    settings: Settings, most: int | None = None, holds_what: str = "", beginning: int = 0
) -> Listed[rows.Held]:
    """Each unit, lot and case that findings hold, or of one of the three alone, at most so many from a
    place on (docs/held.md).
    """
    with statements.snapshot(settings) as connection:
        found, whole = holds.some(connection, what=holds_what, most=most, beginning=beginning)
    title = f"Held, each {holds_what}" if holds_what else "Held"
    left = max(whole - beginning - len(found), 0)
    return Listed(title, rows.Held, found, "Nothing is held.", left)


def _row(name: str, kind: type[Any], told: Mapping[str, Any]) -> Any:
    """A row of a list: what its statement answers, without the count of all."""
    values = {c: tuple(v) if isinstance(v, list) else v for c, v in told.items() if c != "whole"}
    if name == "pending":
        # An outcome outlives its rule: where that is declared no more, the record is not known.
        values["record"] = across()[values["rule"]].subject if values["rule"] in across() else ""
    return kind(**values)


def _of_rule(connection: Connection, found: Listed[Any], rule: str) -> Listed[Any]:
    """Findings on packs with the lines that tell of these."""
    if rule not in across() or across()[rule].subject != "pack":
        return found
    lines = statements.lines_of_findings(connection, [f.finding for f in found.rows])
    told = tuple(
        rows.PackFinding(lines=tuple(lines.get(f.finding, ())), **_told(f)) for f in found.rows
    )
    return Listed(found.title, rows.PackFinding, told, found.empty, found.more)


def _told(finding: rows.OneFinding) -> dict[str, Any]:
    return {field.name: getattr(finding, field.name) for field in fields(finding)}


def counted(settings: Settings, name: str, by: str) -> Listed[Any]:
    """How many things of a list there are: by rule (of refused rows by reason, of links by name, of
    keys by record), by sender or by lot.
    """
    title, _, empty = WORKLISTS[name]
    with engine("lots_reader", settings).connect() as connection:
        statement, kind = COUNTS.get((name, by), ("", rows.Counted))
        found = (
            statements.listed(connection, statement, kind)
            if statement
            else waits.counted(connection, name, by)
        )
    return Listed(f"{title}, by {by}", kind, found, empty)


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
