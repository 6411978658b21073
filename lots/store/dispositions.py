"""Dispositions in the database: put by the owner's functions alone, and read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lots.answers.decided import Disposition, LotStatus, OpenPiece, SignedBy
from lots.store.queries import query

Connection = sa.Connection
DISPOSE = (
    "SELECT disposition, refused, again"
    " FROM judged.dispose(:session, :speaker, :once, :meaning, :content, :of_once, :at)"
)
SECOND = (
    "SELECT refused, again"
    " FROM judged.second(:session, :once, :meaning, :disposition, :digest, :seen, :at)"
)
OPEN = "SELECT finding, rule, state, piece, failed FROM judged.open_pieces(:maker, :number)"
WITHDRAW = "SELECT refused FROM judged.withdraw(:session, :speaker, :meaning, :disposition, :at)"


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says it: by the token of a session, or, where nobody signed in, as stated. once: the key
    under which it is asked for; meaning: what saying it means.
    """

    by: str
    meaning: str
    at: datetime
    session: str | None = None
    once: str | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """What became of it. refused: why not, in a word of REFUSALS; again: it was done already."""

    disposition: int | None
    refused: str | None
    again: bool = False


def dispose(connection: Connection, content: str, who: Saying, of_once: bytes = b"") -> Put:
    """Decide, or propose, exactly this. of_once: the sum of what was asked for under the key."""
    # The token is shown, and not the account: the function finds by it who signs, so that no login
    # that may call it can sign for another (docs/decisions/dispositions.md).
    asked: dict[str, Any] = {"session": who.session, "speaker": who.by, "once": who.once}
    asked |= {"meaning": who.meaning, "content": content, "of_once": of_once}
    row = connection.execute(sa.text(DISPOSE), {**asked, "at": who.at}).one()
    return Put(row.disposition, row.refused, row.again)


def second(connection: Connection, disposition: int, digest: bytes, seen: int, who: Saying) -> Put:
    """Sign what another proposed."""
    asked: dict[str, Any] = {"session": who.session, "once": who.once, "meaning": who.meaning}
    # The digest of what was read, so that two have signed the same thing; the newest word that was
    # seen, so that nothing newer is overlooked.
    asked |= {"at": who.at, "disposition": disposition, "digest": digest, "seen": seen}
    row = connection.execute(sa.text(SECOND), asked).one()
    return Put(disposition, row.refused, row.again)


def withdraw(connection: Connection, disposition: int, who: Saying) -> Put:
    """Withdraw what is proposed."""
    asked = {"session": who.session, "speaker": who.by, "meaning": who.meaning, "at": who.at}
    row = connection.execute(sa.text(WITHDRAW), {**asked, "disposition": disposition}).one()
    return Put(disposition, row.refused)


def signed_here(connection: Connection) -> bool:
    """Whether two people can sign in who may sign: then what needs two is signed."""
    return bool(connection.scalar(sa.text("SELECT judged.signed_here()")))


def seen(connection: Connection, thing: str, key: Sequence[str]) -> int:
    """The newest word on a thing."""
    asked = {"thing": thing, "key": json.dumps([*key])}
    return int(connection.execute(query("newest_word"), asked).scalar_one())


def open_pieces(connection: Connection, lot: Sequence[str]) -> tuple[OpenPiece, ...]:
    """What findings leave open of a packed lot's readiness; of what is no lot's key nothing."""
    if len(lot) != 2:
        return ()
    rows = connection.execute(sa.text(OPEN), {"maker": lot[0], "number": lot[1]})
    return tuple(OpenPiece(*row) for row in rows)


def listed(
    connection: Connection,
    *,
    disposition: int | None = None,
    of: tuple[str, Sequence[str]] | None = None,
    most: int | None = None,
) -> list[Disposition]:
    """Dispositions: one, those of a thing, or all; those that wait for a signature first."""
    asked: dict[str, Any] = {"of_disposition": disposition, "most": most}
    asked |= {"thing": of[0] if of else None, "key": json.dumps([*of[1]]) if of else None}
    return [_told(dict(row)) for row in connection.execute(query("dispositions"), asked).mappings()]


def statuses(
    connection: Connection, lot: tuple[str, str] | None = None, most: int | None = None
) -> tuple[LotStatus, ...]:
    """The status of a lot, or of every one, by market."""
    maker, number = lot or (None, None)
    asked = {"maker": maker, "number": number, "most": most}
    rows = connection.execute(query("lot_statuses"), asked)
    return tuple(
        LotStatus(
            r.maker, r.number, r.market, r.status, tuple(r.in_part), r.proposed, tuple(r.held)
        )
        for r in rows
    )


def _told(row: Mapping[str, Any]) -> Disposition:
    words = tuple(
        SignedBy(by, role, said, meaning, datetime.fromisoformat(at))
        for by, role, said, meaning, at in row["words"]
    )
    told = {name: row[name] for name in Disposition.__dataclass_fields__ if name in row}
    lists = {n: None if row[n] is None else tuple(row[n]) for n in ("markets", "sites", "packs")}
    told |= {**lists, "key": tuple(row["key"]), "ends": tuple(row["ends"]), "words": words}
    return Disposition(**{**told, "given": _given(row["given"])})


def _given(told: Mapping[str, Any]) -> dict[str, str]:
    """What was given, each as one text: of a piece of readiness that it is met, or by what document."""
    found = {n: _text(value) for n, value in told.items() if not isinstance(value, Mapping)}
    readiness = told.get("readiness")
    for piece, settled in readiness.items() if isinstance(readiness, Mapping) else ():
        found[f"readiness: {piece}"] = (
            f"document {settled['document']}" if "document" in settled else "met"
        )
    return found


def _text(told: Any) -> str:
    return ", ".join(map(str, told)) if isinstance(told, list) else str(told)
