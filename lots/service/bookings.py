"""What is booked after scans: once, all of one request or nothing of it."""

from lots.answers.plain import plain
from lots.answers.scanned import Scanned
from lots.decisions.overriding import Signed
from lots.errors import CallError
from lots.pipeline import booking
from lots.pipeline.booking import Act, InError
from lots.service import scan
from lots.service import who as signing
from lots.service.desk import Desk
from lots.service.inputs import BookingBody, Chosen, SecondBody, UndoBody
from lots.service.problems import Refused
from lots.service.who import Who
from lots.service.writes import Plain, written
from lots.store.access.accounts import Account
from lots.store.access.door import Connection

BOTH = (
    "booking: given in error: expected who signs beside and where the vial went, got one of them."
)
BESIDE = "second: account: expected another one of the same site, got none or one of elsewhere."


def book(at: Desk, who: Who, body: BookingBody, once: str, address: str) -> Plain:
    """Book what scans were for, each of them looked up anew."""
    second = _second(at, who, body.second, address)
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


def _second(at: Desk, who: Who, second: SecondBody | None, address: str) -> Account | None:
    if second is None:
        return None
    found = signing.checked(at, second.name, second.password, address)
    # Two signatures of one person are one.
    if found.account == who.account.account or found.site != who.account.site:
        raise Refused(403, BESIDE)
    return found


def undo(at: Desk, who: Who, number: int, body: UndoBody, once: str, address: str) -> Plain:
    """Undo what was dispensed or prepared; or, by two, say that what was given was not."""
    second = _second(at, who, body.second, address)
    if (second is None) != (body.went is None):
        raise CallError(BOTH)

    def write(connection: Connection) -> tuple[Plain, Plain]:
        own, now = who.account.account, at.now()
        if second is None or body.went is None:
            return {"booking": booking.undo(connection, own, number, body.reason, now)}, {}
        error = InError(body.reason, body.went)
        done = booking.undo_given(connection, (own, second.account), number, error, now)
        return {"booking": done}, {}

    asked = body.model_dump(exclude={"second"}) | {"second": second.name if second else None}
    return written(at, who, once, {"undo": number, **asked}, write)
