"""Accounts, links and keys: what an administrator does, the same for pages and for programs."""

from typing import Any

from lots.answers.plain import plain
from lots.pipeline.scan import nowhere
from lots.service.desk import Desk
from lots.service.inputs import AccountBody, KeyBody
from lots.service.problems import Refused
from lots.service.who import Who
from lots.service.writes import Plain, written
from lots.store.access import accounts, tokens
from lots.store.access.door import Connection
from lots.store.schema.access_tables import OF_SITES

NONE = "account: number: expected one that has not ended, got none of them."
NO_KEY = "key: number: expected one that has not ended, got none of them."


def every(at: Desk) -> dict[str, Any]:
    """All accounts and all keys."""
    with at.access() as connection:
        return {
            "accounts": plain(accounts.every(connection)),
            "keys": plain(tokens.keys(connection)),
        }


def make(at: Desk, who: Who, body: AccountBody, once: str) -> Plain:
    """Make an account; the one-time link by which the person sets a password is shown this once.
    A site of which no record tells yet is said, with the nearest: its scans could not be GO.
    """
    site = body.site.strip() or None
    if (body.role in OF_SITES) != (site is not None):
        expected = "one" if body.role in OF_SITES else "none"
        got = "one" if site else "none"
        raise Refused(422, f"account: site: expected {expected} for this role, got {got}.")
    if not body.name.strip() or not body.full_name.strip():
        raise Refused(422, "account: name and full name: expected both, got one that is empty.")
    new = accounts.NewAccount(body.name, body.full_name, body.role, site)

    def write(connection: Connection) -> tuple[Plain, Plain]:
        # A name is never given twice: what was signed under it would be of two people.
        made = accounts.make(connection, new, who.account.account, at.now())
        if made is None:
            raise Refused(409, "account: name: expected one that was never taken, got a taken one.")
        told = {"account": made.account, "nowhere": nowhere(connection, site) if site else ""}
        return told, _link(connection, at, made.account)

    return written(at, who, once, {"make": body.model_dump()}, write)


def end(at: Desk, who: Who, number: int, once: str) -> Plain:
    """End an account, with its sessions and keys; nobody ends one's own, so that one administrator
    stays.
    """
    if number == who.account.account:
        raise Refused(409, "account: ended: expected another than one's own, got one's own.")

    def write(connection: Connection) -> tuple[Plain, Plain]:
        if not accounts.end(connection, number, who.account.account, at.now()):
            raise Refused(404, NONE)
        return {"account": number}, {}

    return written(at, who, once, {"end": number}, write)


def link(at: Desk, who: Who, number: int, once: str) -> Plain:
    """A new one-time link, for who lost the password or let the first link pass."""

    def write(connection: Connection) -> tuple[Plain, Plain]:
        if accounts.numbered(connection, number) is None:
            raise Refused(404, NONE)
        # Who handed on a link is kept, under an entry: by it a password is set.
        accounts.change(connection, number, who.account.account, "link offered", at.now())
        return {"account": number}, _link(connection, at, number)

    return written(at, who, once, {"link": number}, write)


def make_key(at: Desk, who: Who, body: KeyBody, once: str) -> Plain:
    """Make a key for a program; it is shown this once."""

    def write(connection: Connection) -> tuple[Plain, Plain]:
        if accounts.numbered(connection, body.account) is None:
            raise Refused(404, NONE)
        by, label = who.account.account, body.label.strip()
        number, key = tokens.make_key(connection, body.account, label, by, at.now())
        return {"key": number}, {"shown_once": key}

    return written(at, who, once, {"key": body.model_dump()}, write)


def end_key(at: Desk, who: Who, number: int, once: str) -> Plain:
    """End a key."""

    def write(connection: Connection) -> tuple[Plain, Plain]:
        if not tokens.end_key(connection, number, who.account.account, at.now()):
            raise Refused(404, NO_KEY)
        return {"key": number}, {}

    return written(at, who, once, {"end_key": number}, write)


def _link(connection: Connection, at: Desk, account: int) -> Plain:
    return {"link": f"/welcome/{tokens.offer_link(connection, account, at.now())}"}
