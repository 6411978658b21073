"""What was decided of things: dispositions, who signed them, and the status of lots by market."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lots.answers.lists import KeyParts


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A word on a disposition: signed by an account, stated by somebody who was not signed in, or
    withdrawn. meaning: what the person says that it means.
    """

    by: str
    role: str | None
    said: str  # signed, stated or withdrawn
    meaning: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Disposition:
    """One decision. standing: proposed, in force, ended or withdrawn; proposed needs more
    signatures.

    sha256: of exactly what is signed; seen: the newest word on the thing, which a signature names,
    so that nobody signs by a page of yesterday.
    """

    disposition: int
    standing: str
    thing: str
    key: KeyParts
    move: str
    state: str | None
    markets: tuple[str, ...] | None
    sites: tuple[str, ...] | None
    packs: tuple[str, ...] | None
    owner: str
    ends: tuple[int, ...]  # numbers of the decisions that it ends
    given: Mapping[str, str]
    people: int  # how many must sign before anything rests on it
    words: tuple[SignedBy, ...]
    at: datetime
    sha256: str
    seen: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision in a list: what, of what, how far it stands, and who said it."""

    disposition: int
    standing: str
    thing: str
    key: KeyParts
    move: str
    markets: tuple[str, ...] | None
    owner: str
    ground: str
    by: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class LotStatus:
    """The status of a packed lot in a market; no market: in all that none is named of. in_part: what
    is decided of some of its packs, or for some sites, alone. held: what it was made of that a decision
    holds; what could be used but for that has the status `held`.
    """

    maker: str
    number: str
    market: str | None
    status: str
    in_part: tuple[str, ...]
    proposed: int  # decisions on it that wait for a signature
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPiece:
    """A finding that holds a packed lot or what it was made of, and the piece of its readiness that it
    leaves open; failed: no document settles it.
    """

    finding: int
    rule: str
    state: str
    piece: str
    failed: bool
