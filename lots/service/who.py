"""Who asks: by a session's cookie or a program's key; and signing in, out, and by signature."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from lots.service.desk import Desk, desk
from lots.service.passwords import refuse_weak
from lots.service.problems import Refused
from lots.service.rights import Right, may
from lots.store.access import accounts, kept, tokens
from lots.store.access.accounts import Account
from lots.store.access.door import Connection

COOKIE = "lots_session"
AtDesk = Annotated[Desk, Depends(desk)]
KEY = HTTPBearer(auto_error=False, description="a program's key, which was shown once")
# One sentence for a wrong name, a wrong password and an ended account: none is told from another.
UNKNOWN = "sign-in: name and password: expected those of an account, got others."
TOO_MANY = "sign-in: attempts: expected at most ten that fail in 15 minutes, got more; wait."
NO_LINK = (
    "link: one-time: expected one that was not used and has not ended, got none of them; an"
    " administrator makes a new one."
)
SIGNED_OUT = "request: sign-in: expected one that stands, got none; sign in."


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks. session: the token of the cookie; empty where a program asks by its key."""

    account: Account
    session: str

    def may(self, right: Right) -> bool:
        """Whether the role may do it."""
        return may(self.account.role, right)


def anybody(
    request: Request,
    at: AtDesk,
    key: Annotated[HTTPAuthorizationCredentials | None, Depends(KEY)],
) -> Who | None:
    """Who asks, if anybody is signed in. A key goes before a cookie,
    and a wrong one is nobody's.
    """
    # Who sends a key is asked for no page that sent it (limits.py), so a cookie must not help it
    # then.
    session = "" if "authorization" in request.headers else request.cookies.get(COOKIE, "")
    if key is None and not session:
        return None
    with at.account() as connection:
        if key is not None:
            account = tokens.key_account(connection, key.credentials, at.now())
        else:
            account = tokens.session_account(connection, session, at.now())
    return None if account is None else Who(account, session)


async def somebody(who: Annotated[Who | None, Depends(anybody)]) -> Who:
    """Who asks; refused where nobody is signed in."""
    if who is None:
        raise Refused(401, SIGNED_OUT)
    return who


def allowed(right: Right) -> Callable[[Who], Awaitable[Who]]:
    """Refuses every role that may not do it."""

    async def check(who: Annotated[Who, Depends(somebody)]) -> Who:
        if not who.may(right):
            raise Refused(
                403,
                f"request: role: expected one that may {right}, got"
                f" {who.account.role.replace('_', ' ')}.",
            )
        return who

    return check


# --- signing in -----------------------------------------------------------------------------------


def sign_in(at: Desk, name: str, password: str, address: str) -> str:
    """The token of a new session. Refused alike whatever of the two is wrong."""
    account = checked(at, name, password, address)
    with at.access() as connection:
        accounts.signed_in(connection, account, at.now())
        return tokens.begin_session(connection, account.account, at.now())


def checked(at: Desk, name: str, password: str, address: str) -> Account:
    """Whose name and password these are. Refused alike whatever of the two is wrong."""
    # By name and address together: nobody locks another out from elsewhere.
    subject = hashlib.sha256(f"{accounts.folded(name)}\n{address}".encode()).digest()
    with at.access() as connection:
        if not kept.may_try(connection, subject, at.now()):
            raise Refused(429, TOO_MANY)
        found = accounts.named(connection, name)
    # No transaction stands while it is counted: a third of a second would hold a connection.
    right = at.passwords.matches(found[1] if found else None, password)
    if found is None or not right:
        with at.access() as connection:
            kept.failed(connection, subject, at.now())
        raise Refused(401, UNKNOWN)
    return found[0]


def sign_out(at: Desk, who: Who) -> None:
    """End the session."""
    with at.access() as connection:
        tokens.end_session(connection, who.session, at.now())


def use_link(at: Desk, token: str, password: str, again: str, new: tuple[str, str]) -> None:
    """Set a password by a one-time link; by the first start's also make the first administrator, by
    name and full name.
    """
    refuse_weak(password, again)
    # Before the transaction: it takes a third of a second, in which no connection is held.
    hashed = at.passwords.hashed(password)
    with at.access() as connection:
        # In one transaction with the password, so that a link that led to none can be used again.
        used = tokens.use_link(connection, token, at.now())
        if used is None:
            raise Refused(404, NO_LINK)
        number = used.account or _first(connection, at, new)
        accounts.set_password(connection, number, hashed, at.now())


def _first(connection: Connection, at: Desk, new: tuple[str, str]) -> int:
    name, full_name = new
    if not name.strip() or not full_name.strip():
        raise Refused(422, "account: name and full name: expected both, got one that is empty.")
    first = accounts.NewAccount(name, full_name, "administrator")
    made = accounts.make(connection, first, None, at.now())
    if made is None:
        raise Refused(409, "account: name: expected one that was never taken, got a taken one.")
    return made.account


# --- signing --------------------------------------------------------------------------------------


def confirmed(at: Desk, who: Who, password: str, address: str) -> str:
    """Check the password again; the session by which the owner's functions keep a signature, in the
    transaction of what is signed (lots/store/schema/dispositions.py). A program signs nothing.
    """
    if not who.session:
        raise Refused(403, "signature: signer: expected a person who is signed in, got a key.")
    # Counted like a sign-in: else the form of signing is the place where passwords are tried.
    checked(at, who.account.name, password, address)
    return who.session
