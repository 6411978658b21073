"""What is shown once and kept as a hash: one-time links, sessions, keys of programs."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from lots.store.access.accounts import COLUMNS, Account, change
from lots.store.access.door import Connection
from lots.store.schema.access_tables import ACCOUNT, API_KEY, LINK, SESSION

LINK_LASTS = timedelta(hours=24)
# A shift; and as long as a desk may be left alone.
SESSION_LASTS = timedelta(hours=12)
IDLE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)  # a write for each page would cost more than the page
KEY_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link: whose password it sets; of None it makes the first administrator."""

    account: int | None


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a program, without the key."""

    key: int
    account: str
    label: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None


def drawn() -> str:
    """A new token: 256 bits, so that no list of guesses reaches it."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is kept of a token."""
    # Plain SHA-256 is enough for what is random; whatever a browser sends must not be an error
    # here.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


# --- one-time links -------------------------------------------------------------------------------


def offer_link(connection: Connection, account: int | None, now: datetime) -> str:
    """A new one-time link; those that were offered to the same before it end."""
    # A link that was lost or sent to the wrong person is worth nothing once there is a newer one.
    same = LINK.c.account.is_(None) if account is None else LINK.c.account == account
    connection.execute(sa.update(LINK).where(same, LINK.c.used_at.is_(None)).values(used_at=now))
    token = drawn()
    connection.execute(
        sa.insert(LINK).values(
            token=digest(token), account=account, made_at=now, ends_at=now + LINK_LASTS
        )
    )
    return token


def link_of(connection: Connection, token: str, now: datetime) -> Link | None:
    """A link that may still be used."""
    found = connection.execute(sa.select(LINK.c.account).where(*_open(token, now))).one_or_none()
    return None if found is None else Link(found.account)


def use_link(connection: Connection, token: str, now: datetime) -> Link | None:
    """Use a link up; None where there is none that may be used."""
    used = connection.execute(
        # One statement, so that of two who use it at once one is refused.
        sa.update(LINK).where(*_open(token, now)).values(used_at=now).returning(LINK.c.account)
    ).one_or_none()
    return None if used is None else Link(used.account)


def _open(token: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return LINK.c.token == digest(token), LINK.c.used_at.is_(None), LINK.c.ends_at > now


# --- sessions -------------------------------------------------------------------------------------


def begin_session(connection: Connection, account: int, now: datetime) -> str:
    """Sign an account in."""
    token = drawn()
    connection.execute(
        sa.insert(SESSION).values(
            token=digest(token),
            account=account,
            began_at=now,
            seen_at=now,
            ends_at=now + SESSION_LASTS,
        )
    )
    return token


def session_account(connection: Connection, token: str, now: datetime) -> Account | None:
    """Whose session it is; None where it has ended, was idle for too long, or never began."""
    found = connection.execute(
        sa.select(*COLUMNS, SESSION.c.seen_at)
        .join(SESSION, SESSION.c.account == ACCOUNT.c.account)
        .where(
            SESSION.c.token == digest(token),
            SESSION.c.ended_at.is_(None),
            SESSION.c.ends_at > now,
            SESSION.c.seen_at > now - IDLE,
            ACCOUNT.c.ended_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    if found.seen_at < now - SEEN_EVERY:
        seen = sa.update(SESSION).where(SESSION.c.token == digest(token))
        connection.execute(seen.values(seen_at=now))
    return Account(*found[:-1])


def end_session(connection: Connection, token: str, now: datetime) -> None:
    """Sign out."""
    connection.execute(
        sa.update(SESSION)
        .where(SESSION.c.token == digest(token), SESSION.c.ended_at.is_(None))
        .values(ended_at=now)
    )


# --- keys of programs -----------------------------------------------------------------------------


def make_key(
    connection: Connection, account: int, label: str, by: int, now: datetime
) -> tuple[int, str]:
    """A new key: its number, and the key itself, which nobody can see again."""
    token = drawn()
    number = connection.execute(
        sa.insert(API_KEY)
        .values(
            token=digest(token),
            account=account,
            label=label,
            made_at=now,
            made_by=by,
            ends_at=now + KEY_LASTS,
        )
        .returning(API_KEY.c.api_key)
    ).scalar_one()
    change(connection, account, by, f"key {number} made", now)
    return number, token


def key_account(connection: Connection, token: str, now: datetime) -> Account | None:
    """Whose key it is; None where it has ended or never was."""
    found = connection.execute(
        sa.select(*COLUMNS)
        .join(API_KEY, API_KEY.c.account == ACCOUNT.c.account)
        .where(
            API_KEY.c.token == digest(token),
            API_KEY.c.ended_at.is_(None),
            API_KEY.c.ends_at > now,
            ACCOUNT.c.ended_at.is_(None),
        )
    ).one_or_none()
    return None if found is None else Account(*found)


def keys(connection: Connection) -> list[Key]:
    """All keys, the newest first."""
    told = connection.execute(
        sa.select(
            API_KEY.c.api_key,
            ACCOUNT.c.name,
            API_KEY.c.label,
            API_KEY.c.made_at,
            API_KEY.c.ends_at,
            API_KEY.c.ended_at,
        )
        .join(ACCOUNT, ACCOUNT.c.account == API_KEY.c.account)
        .order_by(API_KEY.c.api_key.desc())
    )
    return [Key(*row) for row in told]


def end_key(connection: Connection, number: int, by: int, now: datetime) -> bool:
    """End a key; false where there is none that has not ended."""
    ended = connection.execute(
        sa.update(API_KEY)
        .where(API_KEY.c.api_key == number, API_KEY.c.ended_at.is_(None))
        .values(ended_at=now)
        .returning(API_KEY.c.account)
    ).one_or_none()
    if ended is None:
        return False
    change(connection, ended.account, by, f"key {number} ended", now)
    return True
