"""What the service keeps of what was asked of it: failed sign-ins, writes under a key, questions
about persons and looks at their trees.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.access.door import Connection
from lots.store.ledger.appending import append
from lots.store.ledger.facts import OF_ACCESS
from lots.store.schema.access_tables import ATTEMPT, LOOK, QUESTION, REQUEST

MOST_FAILURES = 10
WITHIN = timedelta(minutes=15)


# --- sign-ins that failed -------------------------------------------------------------------------


def may_try(connection: Connection, subject: bytes, now: datetime) -> bool:
    """Whether somebody may try to sign in, after what failed of late."""
    failed = sa.select(ATTEMPT.c.failures).where(
        ATTEMPT.c.subject == subject, ATTEMPT.c.since > now - WITHIN
    )
    # Older ones are in the row still, until the next failure writes over them.
    return (connection.scalar(failed) or 0) < MOST_FAILURES


def failed(connection: Connection, subject: bytes, now: datetime) -> None:
    """Count a sign-in that failed; what failed long ago counts no more."""
    recent = ATTEMPT.c.since > now - WITHIN
    connection.execute(
        pg.insert(ATTEMPT)
        .values(subject=subject, since=now, failures=1)
        .on_conflict_do_update(
            index_elements=[ATTEMPT.c.subject],
            set_={
                "since": sa.case((recent, ATTEMPT.c.since), else_=now),
                "failures": sa.case((recent, ATTEMPT.c.failures + 1), else_=1),
            },
        )
    )


# --- writes under a key ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """A write that was asked for under the same key: what it asked for, and its answer."""

    content: bytes
    answer: Mapping[str, Any] | None


def claim(
    connection: Connection, account: int, once: str, content: bytes, now: datetime
) -> Earlier | None:
    """Take a key for a write, in the transaction of the write; else the earlier one under it.

    Who comes at the same time waits here until the other's transaction has ended.
    """
    taken = connection.execute(
        pg.insert(REQUEST)
        .values(account=account, once=once, content=content, at=now)
        .on_conflict_do_nothing()
        .returning(REQUEST.c.once)
    ).one_or_none()
    if taken is not None:
        return None
    earlier = connection.execute(
        sa.select(REQUEST.c.content, REQUEST.c.answer).where(
            REQUEST.c.account == account, REQUEST.c.once == once
        )
    ).one()
    return Earlier(earlier.content, earlier.answer)


def answered(connection: Connection, account: int, once: str, answer: Mapping[str, Any]) -> None:
    """Keep what a write answered, without secrets."""
    connection.execute(
        sa.update(REQUEST)
        .where(REQUEST.c.account == account, REQUEST.c.once == once)
        .values(answer=answer)
    )


# --- questions about persons ----------------------------------------------------------------------


def keep_question(
    connection: Connection, account: int, asked: Mapping[str, Any], now: datetime
) -> str:
    """Keep a question that names a person; what it is found by stands in an address, and says
    nothing.
    """
    number = secrets.token_urlsafe(12)
    connection.execute(
        sa.insert(QUESTION).values(question=number, account=account, at=now, asked=asked)
    )
    append(connection, "question", {}, f"account {account}", now, facts=OF_ACCESS)
    return number


def kept_question(connection: Connection, number: str) -> Mapping[str, Any] | None:
    """A question that was kept."""
    asked = connection.scalar(sa.select(QUESTION.c.asked).where(QUESTION.c.question == number))
    # JSON may be anything; a row that was altered is as good as none.
    return asked if isinstance(asked, Mapping) else None


def looked(connection: Connection, account: int, number: str, now: datetime) -> None:
    """Note a look at a person's tree, before anything of it is shown."""
    connection.execute(sa.insert(LOOK).values(account=account, at=now, question=number))
    # Who looked, and not at whom: an entry stands outside for ever, and has no key of a person.
    append(connection, "look", {}, f"account {account}", now, facts=OF_ACCESS)
