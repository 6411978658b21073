"""The last scene of the demo, on a synthetic plant alone: a pack that goes once two have released
its lot, and goes no more once one has stopped it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lots.answers.scanned import Scanned
from lots.decisions.moves import moves
from lots.decisions.norm import Purpose
from lots.errors import CallError
from lots.pipeline.dispose import Asked, Saying, decide, open_pieces, second
from lots.pipeline.scan import Scanner, Use, scan
from lots.settings import Settings
from lots.store.access import accounts, nature, tokens
from lots.store.access.accounts import NewAccount
from lots.store.access.door import asking
from lots.store.engine import engine
from lots.store.queries import query

GS = "\x1d"
NOT_RELEASED = {"not released"}
PEOPLE = (("qa", "A reviewer of the demo"), ("qa_approver", "An approver of the demo"))
WHY = "shown by make run"


@dataclass(frozen=True, slots=True)
class Scene:
    """A pack as GTIN/SERIAL, its lot, where it is scanned, for which market; and what scans were
    told: before anybody decided, released by two, stopped by one.
    """

    pack: str
    lot: str
    site: str
    market: str
    told: tuple[str, str, str]


def scene(settings: Settings, now: datetime) -> Scene | None:
    """Play it; nothing where no pack waits for its release alone. Raises CallError where the data
    are real.
    """
    # Who decides here has no password and is nobody: of a real lot that would be a forgery.
    if nature.told(settings) != "synthetic":
        raise CallError("demo: data: expected synthetic ones, got real ones; nobody decides there.")
    with engine("lots_reader", settings).connect() as connection:
        found = connection.execute(query("demo_scans"), {"day": now.date()}).all()
    for pack in found:
        before = _scanned(settings, pack, now)
        if {ground.code for ground in before.grounds} == NOT_RELEASED:
            return _played(settings, pack, before, now)
    return None


def _played(settings: Settings, pack: Any, before: Scanned, now: datetime) -> Scene:
    lot = (pack.maker, pack.lot_number)
    # The plant's faults are sown in every lot: what they leave open is settled by a document.
    left = {one.piece for one in open_pieces(settings, lot)}
    ready = {p.code: WHY if p.code in left else "met" for p in moves().pieces}
    with _signed_in(settings, now) as (reviewer, approver):
        given = {"ground": WHY, "packs": "all of it"}
        release = Asked("lot", lot, "release", given, markets=(pack.market,), readiness=ready)
        proposed = decide(settings, release, reviewer)
        second(settings, proposed.disposition, proposed.sha256, proposed.seen, approver)
        released = _scanned(settings, pack, now)
        decide(settings, Asked("lot", lot, "stop", {"ground": WHY, "instruction": WHY}), approver)
    stopped = _scanned(settings, pack, now)
    told = (before.verdict, released.verdict, stopped.verdict)
    return Scene(f"{pack.gtin}/{pack.serial}", "/".join(lot), pack.site, pack.market, told)


def _scanned(settings: Settings, pack: Any, now: datetime) -> Scanned:
    code = f"01{pack.gtin}21{pack.serial}{GS}17{pack.expires_on:%y%m%d}10{pack.lot_number}"
    return scan(settings, code, Use(Purpose.DISPENSE, pack.site), now, Scanner(WHY))


@contextmanager
def _signed_in(settings: Settings, now: datetime) -> Iterator[tuple[Saying, Saying]]:
    """Two persons who sign; when it is over their accounts have ended, and nobody ever had a
    password of theirs.
    """
    made = []
    with asking(settings) as connection:
        for role, name in PEOPLE:
            new = NewAccount(f"{role} {now.timestamp():.0f} {tokens.drawn()[:6]}", name, role)
            account = accounts.make(connection, new, None, now)
            if account is None:
                raise CallError("demo: account: expected a new name, got a taken one; try again.")
            made.append(
                (account.account, name, tokens.begin_session(connection, account.account, now))
            )
    try:
        one, two = (Saying(name, WHY, now, token) for _, name, token in made)
        yield one, two
    finally:
        with asking(settings) as connection:
            for number, _, _ in made:
                accounts.end(connection, number, number, now)
