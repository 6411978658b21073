"""What a scan is answered: one function that everything here asks, so that no other place can say
GO.
"""

from dataclasses import replace

from lots.answers.scanned import Scanned
from lots.answers.stops import Stops
from lots.decisions.norm import Purpose as NormPurpose
from lots.pipeline.scan import Scanner, Use, scan, scan_bag
from lots.pipeline.stops import stops as signed_stops
from lots.service.desk import Desk
from lots.service.inputs import BagBody, Purpose, ScanBody
from lots.store.access.accounts import Account
from lots.store.access.door import in_time


def verdict(
    at: Desk,
    account: Account,
    raw: str,
    purpose: Purpose,
    more: ScanBody | None = None,
    patient: str = "",
) -> Scanned:
    """What may be done with one vial of a pack at the account's own site; the client never says
    which site.
    """
    use = Use(NormPurpose(purpose), account.site or "", 1, patient or None)
    if more is not None:
        use = replace(use, patient=more.patient or None)
        use = replace(use, sent_as=more.sent_as or None, scanned_at=more.scanned_at)
    # Questions leave a scan its own connections: it never waits for one of them.
    with in_time():
        return scan(at.settings, raw, use, at.now(), Scanner(account.name, account.account))


def stops(at: Desk, account: Account) -> Stops:
    """What is stopped at the account's own site, signed."""
    with in_time():
        scanner = Scanner(account.name, account.account)
        return signed_stops(at.settings, account.site or "", at.now(), scanner)


def bag(at: Desk, account: Account, body: BagBody) -> tuple[Scanned, ...]:
    """The verdict on each vial of a bag of the account's own site."""
    use = Use(NormPurpose(body.purpose), account.site or "", 1, body.patient or None)
    with in_time():
        return scan_bag(
            at.settings, body.bag, use, at.now(), Scanner(account.name, account.account)
        )
