"""What is decided and signed here, the same for pages and for programs."""

from collections.abc import Sequence

from lots.answers.decided import Disposition
from lots.decisions.moves import Move, moves
from lots.pipeline import dispose
from lots.pipeline.dispose import HOLDER, Asked, Saying
from lots.service.desk import Desk
from lots.service.inputs import DecisionBody, SignatureBody, SignedBody
from lots.service.problems import Refused
from lots.service.who import Who, confirmed
from lots.store.access.door import in_time
from lots.store.schema.access_tables import OF_SITES

OF_PHARMACIES = ("pack", "shipment")
NONE = "decision: number: expected one that this role may see, got none of them."


def decide(at: Desk, who: Who, body: DecisionBody, once: str, address: str) -> Disposition:
    """Decide, or propose what needs another's signature."""
    saying = _saying(at, who, body, once, address)
    with in_time():
        return dispose.decide(at.settings, asked(who, body), saying)


def asked(who: Who, body: DecisionBody) -> Asked:
    """What is to be decided; a site's move is of the account's own site, never of one that the
    client names.
    """
    move = moves().of(body.thing, body.move)
    site = who.account.site or ""
    owner = site if move is not None and move.site else body.owner or HOLDER
    return Asked(
        body.thing,
        tuple(body.key),
        body.move,
        body.given,
        owner,
        _names(body.markets),
        _names(body.sites),
        _names(body.packs),
        None if body.ends is None else tuple(body.ends),
        body.readiness,
        body.seen,
        tuple(body.findings),
    )


def _names(told: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if told is None else tuple(told)


def second(
    at: Desk, who: Who, number: int, body: SignatureBody, once: str, address: str
) -> Disposition:
    """Sign what another proposed."""
    shown(at, who, number)  # refuses what the role may not see
    saying = _saying(at, who, body, once, address)
    with in_time():
        return dispose.second(at.settings, number, body.sha256, body.seen, saying)


def withdraw(at: Desk, who: Who, number: int, body: SignedBody, address: str) -> Disposition:
    """Withdraw what is proposed."""
    shown(at, who, number)  # the same
    saying = _saying(at, who, body, "", address)
    with in_time():
        return dispose.withdraw(at.settings, number, saying)


def _saying(at: Desk, who: Who, body: SignedBody, once: str, address: str) -> Saying:
    session = confirmed(at, who, body.password, address)
    return Saying(who.account.full_name, body.meaning, at.now(), session, once or None)


# --- what may be seen -----------------------------------------------------------------------------


def shown(at: Desk, who: Who, number: int) -> Disposition:
    """One decision. Refused where the role may not see it, as if there were none."""
    with in_time():
        found = dispose.shown(at.settings, number)
    if not sees(who, found.thing, found.owner):
        raise Refused(404, NONE)
    return found


def sees(who: Who, thing: str, owner: str) -> bool:
    """Whether a role may see a decision: a site's people those on packs, their own site's or the
    holder's.
    """
    if who.account.role not in OF_SITES:
        return True
    return thing in OF_PHARMACIES and owner in (HOLDER, who.account.site)


def may(who: Who, thing: str) -> list[Move]:
    """The moves of a thing that this role may sign."""
    return [m for m in moves().every if m.thing == thing and who.account.role in m.roles]
