"""What is booked after scans: once, all of one request or nothing of it."""

from lots.answers.plain import plain
from lots.answers.scanned import Scanned
from lots.decisions.overriding import Signed
from lots.errors import CallError
from lots.pipeline import booking
from lots.pipeline.booking import Act
from lots.service import scan
from lots.service import who as signing
from lots.service.desk import Desk
from lots.service.inputs import BookingBody, Chosen, UndoBody
from lots.service.problems import Refused
from lots.service.who import Who
from lots.service.writes import Plain, written
from lots.store.access.accounts import Account
from lots.store.access.door import Connection

BESIDE = "second: account: expected another one of the same site, got none or one of elsewhere."


def book(at: Desk, who: Who, body: BookingBody, once: str, address: str) -> Plain:
    """Book what scans were for, each of them looked up anew."""
    second = _second(at, who, body, address)
    signed = Signed(who.account.role, second is not None, body.reason.strip(), body.order.strip())
    act = Act(
        signed,
        body.vials,
        body.to,
        body.patient or None,
        body.bag or None,
        second.name if second else None,
    )

    def write(connection: Connection) -> tuple[Plain, Plain]:
        # In the order of their numbers, so that no two requests wait for each other's packs.
        scans = sorted(set(body.scans))
        done = [
            booking.book(connection, at.settings, (who.account.account, scan), act, at.now())
            for scan in scans
        ]
        return {"booked": plain(done)}, {}

    # Without the second person's password: of what is asked a hash is kept
    # (docs/decisions/ledger.md).
    asked = body.model_dump(exclude={"second"}) | {"second": act.second}
    return written(at, who, once, {"book": asked}, write)


def scan_and_book(
    at: Desk, who: Who, raw: str, chosen: Chosen
) -> tuple[Scanned, Plain | None, str]:
    """The verdict; and where it goes and that was asked for, what was booked,
    or why nothing was.
    """
    told = scan.verdict(at, who.account, raw, chosen.purpose, patient=chosen.patient)
    if not chosen.book or told.verdict != "GO":
        return told, None, ""
    body = BookingBody(scans=[told.scan], to=chosen.to, patient=chosen.patient, bag=chosen.bag)
    try:
        return told, book(at, who, body, f"scan-{told.scan}", ""), ""
    except CallError as error:
        return told, None, str(error)


def _second(at: Desk, who: Who, body: BookingBody, address: str) -> Account | None:
    if body.second is None:
        return None
    found = signing.checked(at, body.second.name, body.second.password, address)
    # Two signatures of one person are one.
    if found.account == who.account.account or found.site != who.account.site:
        raise Refused(403, BESIDE)
    return found


def undo(at: Desk, who: Who, number: int, body: UndoBody, once: str) -> Plain:
    """Undo what was dispensed or prepared."""

    def write(connection: Connection) -> tuple[Plain, Plain]:
        account = who.account.account
        return {"booking": booking.undo(connection, account, number, body.reason, at.now())}, {}

    return written(at, who, once, {"undo": number, **body.model_dump()}, write)
