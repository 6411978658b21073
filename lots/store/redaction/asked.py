"""Whose redaction is proposed, in force or done, and the lock under which nobody's rows come in."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.errors import GateClosed, NotFound
from lots.records import records
from lots.store.among import among
from lots.store.queries import query
from lots.store.redaction import persons
from lots.store.redaction.persons import Person
from lots.store.schema.record_tables import accepted
from lots.store.schema.redaction_tables import ASKED, BYTES_DUE, BYTES_LEFT, PEPPER, REDACTION

KEYED = "ledger.keyed(:kind, :key)"


def propose(connection: sa.Connection, kind: str, key: str, now: datetime) -> tuple[int, str]:
    """Keep whose redaction is proposed, until it is done or withdrawn: its number, and by what the
    person is bound to what is signed. Raises NotFound.
    """
    # With it keys that were redacted are known again; drawn once.
    pepper = pg.insert(PEPPER).values(one=1, secret=os.urandom(32))
    connection.execute(pepper.on_conflict_do_nothing())
    asked = {"kind": kind, "key": key}
    known = connection.scalar(sa.text("SELECT ledger.alias_of(:kind, :key)"), asked)
    # Once more: a line that was refused since is kept as it came.
    if not known and not _told(connection, kind, key):
        raise NotFound(f"redaction: {kind}: expected a key that rows name, got one that none does.")
    # It goes when it is done: what was signed then binds to nobody who could be tried.
    nonce = os.urandom(32)
    values = {"kind": kind, "key": key, "nonce": nonce, "asked_at": now}
    # As long as most keys are, and of letters that every column of keys takes.
    values["alias"] = known or f"R-{secrets.token_hex(10).upper()}"
    number = connection.execute(sa.insert(ASKED).values(values).returning(ASKED.c.redaction))
    return int(number.scalar_one()), bound(nonce, kind, key)


def bound(nonce: bytes, kind: str, key: str) -> str:
    """What is signed in place of a key: nobody finds it by this, and it is of nobody else."""
    # The kind too: a donor and a patient may have one key, and are two.
    return sha256(nonce + f"{kind}:{key}".encode()).hexdigest()


def _told(connection: sa.Connection, kind: str, key: str) -> bool:
    for record in records().values():
        if mine := persons.is_named(record, kind):
            found = f"SELECT EXISTS (SELECT FROM {accepted(record).fullname} WHERE {mine})"
            if connection.scalar(sa.text(found), {"key": key}):
                return True
    return False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that is not done: its number, of whom, the decision, by what that binds it to the
    person, and how far it is signed.
    """

    redaction: int
    disposition: int
    person: Person
    bound: str
    standing: str


def waiting(connection: sa.Connection) -> list[Waiting]:
    """What is proposed or signed, and not done. Raises GateClosed where one is not of whom it was
    proposed.
    """
    found = []
    for row in connection.execute(query("redactions_asked")):
        if row.standing == "withdrawn":
            continue
        # The table of proposals is under no entry: what two signed is, and this holds the one to
        # it.
        if bound(bytes(row.nonce), row.kind, row.key) != row.person:
            raise GateClosed(
                f"Redaction {row.redaction} is not of the person for whom decision {row.disposition}"
                " was made: somebody changed it since; nothing is redacted."
            )
        person = Person(row.kind, row.key, row.alias)
        found.append(Waiting(row.redaction, row.disposition, person, row.person, row.standing))
    return found


def in_force(connection: sa.Connection) -> list[Waiting]:
    """What two signed and is not done. Raises GateClosed where one is not of whom they signed."""
    return [one for one in waiting(connection) if one.standing == "in force"]


def forget_withdrawn(connection: sa.Connection) -> None:
    """Let go of the keys of proposals that were withdrawn."""
    gone = [
        r.redaction
        for r in connection.execute(query("redactions_asked"))
        if r.standing == "withdrawn"
    ]
    _forget(connection, gone)


def _forget(connection: sa.Connection, numbers: Sequence[int]) -> None:
    # The row stays: two have signed its number.
    mine = among(ASKED.c.redaction, numbers)
    connection.execute(sa.update(ASKED).where(mine).values(key=None, nonce=None))


def lock(connection: sa.Connection) -> None:
    """Let nobody's rows in until the transaction ends: whoever accepts looks here first."""
    connection.execute(sa.text(f"LOCK TABLE {REDACTION.fullname} IN ACCESS EXCLUSIVE MODE"))


def done(connection: sa.Connection, one: Waiting, now: datetime) -> None:
    """Note that it is done: of the person the keyed hash is left, and what stands for the key."""
    note = (
        f"INSERT INTO {REDACTION.fullname} (redaction, disposition, kind, alias, known, at)"
        f" VALUES (:redaction, :disposition, :kind, :alias, {KEYED}, :at)"
    )
    given = {"redaction": one.redaction, "disposition": one.disposition, "at": now}
    connection.execute(sa.text(note), {**one.person.given, **given})
    _forget(connection, [one.redaction])


def any_left(connection: sa.Connection) -> bool:
    """Whether kept bytes are still to be blanked or deleted."""
    left = sa.or_(sa.exists(sa.select(BYTES_DUE)), sa.exists(sa.select(BYTES_LEFT)))
    return bool(connection.scalar(sa.select(left)))
