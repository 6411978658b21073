"""Accounts: made by an administrator, ended and never deleted;
the person alone sets the password.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lots.store.access.door import Connection
from lots.store.ledger.appending import append
from lots.store.ledger.facts import OF_ACCESS
from lots.store.schema.access_tables import ACCOUNT, API_KEY, CHANGE, OF_SITES, SESSION
from lots.store.schema.elements import BIG, INSTANT, TEXT


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is here: by number, the name of the sign-in, the person's own name, role,
    site.
    """

    account: int
    name: str
    full_name: str
    role: str
    site: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as its administrator sees it: ready, when the person has set a password."""

    account: Account
    made_at: datetime
    ended_at: datetime | None
    ready: bool


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is told of an account that is to be made."""

    name: str
    full_name: str
    role: str
    site: str | None = None


COLUMNS = (
    ACCOUNT.c.account,
    ACCOUNT.c.name,
    ACCOUNT.c.full_name,
    ACCOUNT.c.role,
    ACCOUNT.c.site,
)


def folded(name: str) -> str:
    """A name as it is kept and compared: nobody can be told from another by capitals alone."""
    return name.strip().casefold()


def make(connection: Connection, new: NewAccount, by: int | None, now: datetime) -> Account | None:
    """The new account; None where its name was ever taken, also by one that has ended."""
    made = connection.execute(
        sa.dialects.postgresql.insert(ACCOUNT)
        .values(
            name=folded(new.name),
            full_name=new.full_name.strip(),
            role=new.role,
            site=new.site,
            made_at=now,
            made_by=by,
        )
        # A name that has ended stays taken: what it signed must not read as another's.
        .on_conflict_do_nothing()
        .returning(*COLUMNS)
    ).one_or_none()
    if made is None:
        return None
    account = Account(*made)
    change(connection, account.account, by, "made", now)
    return account


def named(connection: Connection, name: str) -> tuple[Account, str | None] | None:
    """The account of that name that has not ended, and the hash of its password."""
    found = connection.execute(
        sa.select(*COLUMNS, ACCOUNT.c.password).where(
            ACCOUNT.c.name == folded(name), ACCOUNT.c.ended_at.is_(None)
        )
    ).one_or_none()
    return None if found is None else (Account(*found[:-1]), found.password)


def numbered(connection: Connection, number: int) -> Account | None:
    """The account of that number that has not ended."""
    found = connection.execute(
        sa.select(*COLUMNS).where(ACCOUNT.c.account == number, ACCOUNT.c.ended_at.is_(None))
    ).one_or_none()
    return None if found is None else Account(*found)


def every(connection: Connection) -> list[Listed]:
    """All accounts by name, those that have ended too."""
    ready = ACCOUNT.c.password.is_not(None)
    told = connection.execute(
        sa.select(*COLUMNS, ACCOUNT.c.made_at, ACCOUNT.c.ended_at, ready).order_by(ACCOUNT.c.name)
    )
    return [Listed(Account(*row[:-3]), *row[-3:]) for row in told]


def has_administrator(connection: Connection) -> bool:
    """Whether anybody can sign in who makes accounts."""
    there = sa.exists().where(
        ACCOUNT.c.role == "administrator",
        ACCOUNT.c.ended_at.is_(None),
        ACCOUNT.c.password.is_not(None),
    )
    return bool(connection.scalar(sa.select(there)))


def set_password(connection: Connection, account: int, password: str, now: datetime) -> None:
    """Keep the hash of a new password, and end every session that began by an older one."""
    connection.execute(
        sa.update(ACCOUNT).where(ACCOUNT.c.account == account).values(password=password)
    )
    _end_sessions(connection, account, now)
    change(connection, account, account, "password set", now)


def end(connection: Connection, account: int, by: int, now: datetime) -> bool:
    """End an account with its sessions and keys; false where there is none that has not ended."""
    ended = connection.execute(
        sa.update(ACCOUNT)
        .where(ACCOUNT.c.account == account, ACCOUNT.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    if not ended.rowcount:
        return False
    _end_sessions(connection, account, now)
    connection.execute(
        sa.update(API_KEY)
        .where(API_KEY.c.account == account, API_KEY.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    change(connection, account, by, "ended", now)
    return True


def _end_sessions(connection: Connection, account: int, now: datetime) -> None:
    connection.execute(
        sa.update(SESSION)
        .where(SESSION.c.account == account, SESSION.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def change(
    connection: Connection,
    account: int,
    by: int | None,
    what: str,
    now: datetime,
    kind: str = "account",
) -> None:
    """Note what became of an account, and what it is since, as an entry of the ledger."""
    # The hash of what is kept: a password that was altered is seen, and none can be tried by this.
    word = sa.func.sha256(sa.func.convert_to(ACCOUNT.c.password, "UTF8"))
    said = [sa.literal(now, INSTANT), sa.literal(by, BIG), sa.literal(what, TEXT)]
    told = sa.select(*COLUMNS, word, ACCOUNT.c.ended_at, *said)
    names = [*(column.name for column in COLUMNS), "password", "ended_at", "at", "by", "what"]
    put = sa.insert(CHANGE).from_select(names, told.where(ACCOUNT.c.account == account))
    connection.execute(put)
    reference = {"account": str(account), "what": what}
    append(connection, kind, reference, f"account {by or account}", now, facts=OF_ACCESS)


def signed_in(connection: Connection, account: Account, now: datetime) -> None:
    """Note that somebody signed in who may sign, or make accounts."""
    if account.role not in OF_SITES:
        change(connection, account.account, account.account, "signed in", now, "sign_in")
