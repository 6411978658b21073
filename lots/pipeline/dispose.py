"""Decide something of a unit, a lot, a pack or a shipment: by one at once where it stops, by two where
it lets go. Each decision is an entry, and stands outside before it is confirmed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from lots.answers import Listed
from lots.answers.decided import Disposition, LotStatus, OpenPiece, Waiting
from lots.decisions.moves import Move, moves
from lots.errors import CallError, NotFound, Overtaken
from lots.evidence import tree
from lots.pipeline import effects
from lots.pipeline.named_rows import Rows
from lots.pipeline.publish import publish
from lots.pipeline.refused_decisions import REFUSALS
from lots.records import records
from lots.rules import rules
from lots.settings import Settings
from lots.store import dispositions
from lots.store.dispositions import Put
from lots.store.dispositions import Saying as Saying
from lots.store.engine import Connection, engine
from lots.store.ledger import reading
from lots.store.ledger.appending import append

HOLDER = "holder"
LOOKS = 5  # for open findings; beyond that many entries in a row whoever decides asks again


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be decided. ends: the decisions that it ends; none told: all that it can end. readiness:
    of each piece `met`, or the number of the document that settles it. seen: the newest word on it that
    who decides was shown, findings: those that hold it; none: what stands now.
    """

    thing: str
    key: tuple[str, ...]
    move: str
    given: Mapping[str, str] = field(default_factory=dict)
    owner: str = HOLDER
    markets: tuple[str, ...] | None = None
    sites: tuple[str, ...] | None = None
    packs: tuple[str, ...] | None = None
    ends: tuple[int, ...] | None = None
    readiness: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None
    findings: tuple[int, ...] | None = None

    @property
    def sum(self) -> bytes:
        """Of what is asked for, whatever else stands when it is: asked again it is the same."""
        told = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).digest()


def decide(settings: Settings, asked: Asked, who: Saying) -> Disposition:
    """Decide it, or propose what needs another's signature. Raises CallError, and then nothing was put;
    LedgerUnmatched where it stands and no copy of it outside.
    """
    number, rows = _looked_again(settings, lambda connection: put(connection, asked, who))
    return _outside(settings, number, rows, who)


def put(connection: Connection, asked: Asked, who: Saying) -> tuple[int, Rows | None]:
    """The same within a transaction of who calls, who publishes it then, and evaluates these rows."""
    effects.lock(connection, asked.thing)
    made = dispositions.dispose(connection, content(connection, asked), who, asked.sum)
    if made.refused == "given":
        raise CallError(_to_tell(asked))
    return _put(connection, made, who, asked.move)


def _to_tell(asked: Asked) -> str:
    """What must be told of such a move, each by its name: whoever stops a lot looks nothing up."""
    table = moves()
    move = table.of(asked.thing, asked.move)
    must = [*(move.give if move else ())]
    # Of an authority's order it is the order's own.
    must += [] if asked.owner != "authority" or "reference" in must else ["reference"]
    pieces = ", ".join(piece.code for piece in table.pieces)
    named = [f"readiness (each of {pieces})" if name == "readiness" else name for name in must]
    told = sorted(name for name, text in asked.given.items() if text.strip())
    return (
        f"decision: what must be told: expected {', '.join(named)}, each as docs/norm/moves.md has it,"
        f" got {', '.join([*told, *asked.readiness]) or 'none'}."
    )


def second(settings: Settings, number: int, digest: str, seen: int, who: Saying) -> Disposition:
    """Sign what another proposed, as it was shown. Raises as decide."""
    thing = shown(settings, number).thing

    def sign(connection: Connection) -> tuple[int, Rows | None]:
        effects.lock(connection, thing)
        said = dispositions.second(connection, number, bytes.fromhex(digest), seen, who)
        return _put(connection, said, who, "signature")

    signed, rows = _looked_again(settings, sign)
    return _outside(settings, signed, rows, who)


def withdraw(settings: Settings, number: int, who: Saying) -> Disposition:
    """Withdraw what is proposed. Raises as decide."""
    with engine(settings=settings).begin() as connection:
        said = dispositions.withdraw(connection, number, who)
        number, rows = _put(connection, said, who, "withdrawal")
    return _outside(settings, number, rows, who)


def _looked_again(
    settings: Settings, work: Callable[[Connection], tuple[int, Rows | None]]
) -> tuple[int, Rows | None]:
    """Do it in a transaction, and once more where entries came while findings were looked for: nobody
    is kept waiting by that, so that it may happen. Raises Overtaken where it happens ever again.
    """
    for _ in range(LOOKS - 1):
        with suppress(Overtaken), engine(settings=settings).begin() as connection:
            return work(connection)
    with engine(settings=settings).begin() as connection:
        return work(connection)


def _put(connection: Connection, put: Put, who: Saying, what: str) -> tuple[int, Rows | None]:
    """What was put, what it makes beside itself, and the entry over both."""
    if put.refused is not None:
        kind, sentence = REFUSALS[put.refused]
        raise kind(sentence)
    number = put.disposition or 0
    if put.again:
        return number, None
    (one,) = dispositions.listed(connection, disposition=number)
    rows = effects.take(connection, one, who.at)
    # Of what was it decided, the entry says too: where a database is put back from a copy, the entries
    # outside are all that tells which stops of today it has not.
    of = {"thing": one.thing, "key": "/".join(part or "" for part in one.key)}
    reference = {"disposition": str(number), "move": what, **of}
    append(connection, "disposition", reference, who.by, who.at)
    return number, rows


def _outside(settings: Settings, number: int, rows: Rows | None, who: Saying) -> Disposition:
    """Confirm it only when it stands outside; also what was done already: whoever asks again may do so
    because this failed.
    """
    publish(settings, now=who.at)
    effects.evaluate(settings, rows, who.at)
    return shown(settings, number)


def content(connection: Connection, asked: Asked) -> str:
    """Exactly what is signed, as one text."""
    table = moves()
    move = table.of(asked.thing, asked.move)
    if move is None:
        kind, sentence = REFUSALS["move"]
        raise kind(sentence)
    if asked.thing == "rule" and not _opens_findings(asked.key):
        raise NotFound("decision: rule: expected one of docs/rules.md, got none of them.")
    newest = dispositions.seen(connection, asked.thing, asked.key)
    told: dict[str, Any] = {
        "thing": asked.thing,
        "key": [*asked.key],
        "move": asked.move,
        "owner": asked.owner,
        "markets": _list(asked.markets),
        "sites": _list(asked.sites),
        "packs": _list(asked.packs),
        "ends": _ends(connection, asked, move),
        "given": dict(asked.given),
        "seen": newest if asked.seen is None else asked.seen,
        "norm": table.version,
    }
    if "readiness" in move.give:
        told["given"]["readiness"] = {p: _settled(s) for p, s in asked.readiness.items()}
        told["given"]["findings"] = _findings(connection, asked)
        told["as_of"] = _as_of(connection)
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _opens_findings(key: Sequence[str]) -> bool:
    known = {rule.id for record in records().values() for rule in record.rules} | set(rules())
    return len(key) == 1 and key[0] in known


def _list(of: Sequence[str] | None) -> list[str] | None:
    return None if of is None else [*of]


def _settled(how: str) -> dict[str, object]:
    return {"met": True} if how == "met" else {"document": how}


def _findings(connection: Connection, asked: Asked) -> list[int]:
    """The findings over which it is decided: those that who decides was shown."""
    if asked.findings is not None:
        return [*asked.findings]
    return sorted({one.finding for one in dispositions.open_pieces(connection, asked.key)})


def _as_of(connection: Connection) -> dict[str, object]:
    """What readiness was attested on: the ledger as it stood."""
    size = reading.size(connection)
    return {"entry": size, "root": tree.root_of(reading.edge_at(connection, size)).hex()}


def _ends(connection: Connection, asked: Asked, move: Move) -> list[int]:
    """What it ends; where nobody says, all of the same owner that it can end."""
    if asked.ends is not None or not move.ends:
        return [*(asked.ends or ())]
    told = dispositions.listed(connection, of=(asked.thing, asked.key))
    return [
        d.disposition
        for d in told
        if d.standing == "in force" and d.state in move.sources and d.owner == asked.owner
    ]


# --- what stands ----------------------------------------------------------------------------------


def shown(settings: Settings, number: int) -> Disposition:
    """One decision. Raises NotFound."""
    with engine("lots_reader", settings).connect() as connection:
        found = dispositions.listed(connection, disposition=number)
    if not found:
        raise NotFound(f"No decision {number} was ever made.")
    return found[0]


def of_thing(settings: Settings, thing: str, key: Sequence[str]) -> tuple[Disposition, ...]:
    """What was decided of one thing, the newest first."""
    with engine("lots_reader", settings).connect() as connection:
        return tuple(dispositions.listed(connection, of=(thing, key)))


def open_pieces(settings: Settings, lot: Sequence[str]) -> tuple[OpenPiece, ...]:
    """What findings leave open of a packed lot's readiness."""
    with engine("lots_reader", settings).connect() as connection:
        return dispositions.open_pieces(connection, lot)


def newest(settings: Settings, thing: str, key: Sequence[str]) -> int:
    """The newest word on a thing, for a form that decides of it."""
    with engine("lots_reader", settings).connect() as connection:
        return dispositions.seen(connection, thing, key)


def listed(settings: Settings, most: int | None = None) -> Listed[Waiting]:
    """All decisions; those that wait for a signature first."""
    with engine("lots_reader", settings).connect() as connection:
        found = dispositions.listed(connection, most=None if most is None else most + 1)
    kept = tuple(_waiting(one) for one in found[:most])
    return Listed("Decisions", Waiting, kept, "Nothing was decided yet.", len(found) - len(kept))


def _waiting(one: Disposition) -> Waiting:
    by = tuple(f"{w.by} ({w.said})" for w in one.words)
    return Waiting(
        one.disposition,
        one.standing,
        one.thing,
        one.key,
        one.move,
        one.markets,
        one.owner,
        one.given.get("ground", ""),
        by,
        one.at,
    )


def statuses(
    settings: Settings, lot: tuple[str, str] | None = None, most: int | None = None
) -> tuple[LotStatus, ...]:
    """The status of a packed lot, or of every one, by market; those that wait come first."""
    with engine("lots_reader", settings).connect() as connection:
        return dispositions.statuses(connection, lot, most)
