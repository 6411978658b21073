"""The service for tests: made on a database of a few rows, with an account of each role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from lots.service.app import make
from lots.service.rights import MAY
from lots.settings import Settings
from lots.store.access import accounts, nature, tokens
from lots.store.access.accounts import Account, NewAccount
from lots.store.access.door import asking
from lots.store.schema.access_tables import OF_SITES
from tests.builders import NOW

# The least that argon2 takes: what is tried here is the way, not the time.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"
OWN_PAGE = {"sec-fetch-site": "same-origin"}


@dataclass
class Clock:
    """A clock that a test sets."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def later(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by


@dataclass
class Service:
    """A service that answers in this process, and its accounts by role."""

    settings: Settings
    app: FastAPI
    client: TestClient
    clock: Clock
    accounts: dict[str, Account] = field(default_factory=dict)

    def account(self, role: str, site: str | None = None, name: str = "") -> Account:
        """A new account, whose password is the one of all."""
        new = NewAccount(name or f"{role}-{len(self.accounts)}", f"Some {role}", role, site)
        with asking(self.settings) as connection:
            made = accounts.make(connection, new, None, self.clock())
            assert made
            accounts.set_password(connection, made.account, QUICK.hash(PASSWORD), self.clock())
        self.accounts[new.name] = made
        return made

    def key(self, of: Account) -> dict[str, str]:
        """The header of a new key of an account."""
        with asking(self.settings) as connection:
            _, key = tokens.make_key(connection, of.account, "test", of.account, self.clock())
        return {"authorization": f"Bearer {key}"}

    def session(self, of: Account) -> dict[str, str]:
        """The headers of a browser in which the account is signed in, on a page of ours."""
        with asking(self.settings) as connection:
            token = tokens.begin_session(connection, of.account, self.clock())
        return {"cookie": f"lots_session={token}", **OWN_PAGE}

    def of_role(self, role: str) -> Account:
        """An account of a role, at a site where the role has one."""
        return self.account(role, "W1" if role in OF_SITES else None)


@contextmanager
def served(settings: Settings) -> Iterator[Service]:
    """A service on a database, which it tells to be synthetic."""
    clock = Clock()
    nature.tell(settings, "synthetic", by="tester", now=clock())
    app = make(settings, now=clock, hasher=QUICK)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Service(settings, app, client, clock)


ROLES = tuple(MAY)
