"""A person's word on what waits for one: a finding is closed, one version of a contested key
stands.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lots.answers import Listed
from lots.answers.lists import StandingVersion
from lots.errors import CallError, NotFound
from lots.pipeline.evaluate import evaluate
from lots.pipeline.link import link_again
from lots.pipeline.publish import publish
from lots.pipeline.signed_here import refuse_unsigned
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.answers import versions_told
from lots.store.engine import Connection, engine
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.ledger.appending import append
from lots.store.lineage import linking
from lots.store.standing import resolving
from lots.store.standing.resolving import Finding

DIGITS = 19  # of the largest number that the database has


@dataclass(frozen=True, slots=True)
class Word:
    """Who says it, and why, as stated on the command line."""

    by: str
    reason: str


def number(told: str) -> int:
    """The number of a finding. Raises CallError."""
    if not (told.isascii() and told.isdigit() and len(told) < DIGITS):
        raise CallError(
            f"'{told}' is no finding; expected one's number, as `lots findings RULE` lists it."
        )
    return int(told)


def close(settings: Settings, number: int, word: Word, *, now: datetime) -> str:
    """Close a finding. Raises NotFound where there is none of that number, CallError where it
    cannot be.
    """
    check_said(word)
    with engine(settings=settings).begin() as connection:
        # What it rests on must not change between here and the commit: its closing would hide that.
        linking.lock(connection)
        finding = finding_of(connection, number)
        # Twice is no harm to the finding, but the second word would hide the first.
        if finding.state == "closed":
            raise CallError(f"Finding {number} is closed already.")
        # Closing it would leave both versions standing with nobody to see it.
        if finding.rule == CONTESTED_RULE and finding.state == "open":
            raise CallError(
                f"Finding {number} is a contested {finding.record}; expected `lots resolve"
                " contested`."
            )
        if finding.holds != "nothing":
            refuse_unsigned(connection, f"To close finding {number}", f"finding {number} close")
        resolving.close(connection, number, word.by, word.reason, now)
        append(connection, "closing", {"finding": str(number)}, word.by, now)
    publish(settings, now=now)
    return f"Finding {number} is closed."


def versions(settings: Settings, number: int) -> Listed[StandingVersion]:
    """The standing versions of the key that a contested finding is about,
    and in what they differ.
    """
    # It compares whole rows; what of them is a person's key is not told on.
    with engine("lots_discloser", settings).connect() as connection:
        finding = contested_of(connection, number)
        record = record_of(finding.record)
        found = versions_told.rows_of(connection, record, finding.key, disclosed=True)
    rows = versions_told.differing(record, [row for row in found if row["out_for"] is None])
    shown = "/".join(
        "(not shown)" if record.column(c).of_person else part
        for c, part in zip(record.key, finding.key, strict=True)
    )
    return Listed(f"Versions of {record.name} {shown}", StandingVersion, rows, "None.")


def decide(settings: Settings, number: int, keep: str, word: Word, *, now: datetime) -> str:
    """Let one version (RECEIPT:LINE) of a contested key stand, link and evaluate again. Raises
    NotFound, CallError.
    """
    check_said(word)
    with engine(settings=settings).begin() as connection:
        finding = contested_of(connection, number)
        found = _versions(connection, finding)
        if keep not in found:
            raise CallError(f"'{keep}' is no standing version; expected one of {', '.join(found)}.")
        if finding.state != "open":
            raise CallError(f"Finding {number} is decided: one version stands.")
        kept = (found[keep]["receipt"], found[keep]["line"])
        said = resolving.Word(word.by, word.reason, now)
        linking.lock(connection)
        receipts = resolving.decide(connection, record_of(finding.record), finding.key, kept, said)
        link_again(connection, {finding.record: receipts})
        # Last, as everywhere: from here on nobody else's stop gets its entry until this ends.
        append(connection, "decision", {"finding": str(number)}, word.by, now)
    evaluate(settings, now=now)
    return f"Of {len(found)} versions, {keep} stands."


def finding_of(connection: Connection, number: int) -> Finding:
    """The finding of that number. Raises NotFound."""
    found = resolving.finding(connection, number)
    if found is None:
        raise NotFound(f"No finding {number} was ever opened.")
    return found


def contested_of(connection: Connection, number: int) -> Finding:
    """The finding of that number, on a contested key. Raises NotFound, CallError."""
    found = finding_of(connection, number)
    if found.rule != CONTESTED_RULE:
        raise CallError(
            f"Finding {number} is of rule {found.rule}; expected one of a contested key."
        )
    return found


def _versions(connection: Connection, finding: Finding) -> dict[str, dict[str, Any]]:
    found = resolving.standing_versions(connection, record_of(finding.record), finding.key)
    return {f"{v['receipt']}:{v['line']}": v for v in found}


def check_said(word: Word) -> None:
    """Raise CallError unless somebody says it, for a reason."""
    if not word.by or not word.reason:
        raise CallError("A person decides, for a reason; expected both --by and --reason.")
