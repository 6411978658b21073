"""What a scan is answered: one function that everything here asks, so that no other place can say GO."""

from lots.answers.scanned import Scanned
from lots.decisions.norm import Purpose as NormPurpose
from lots.pipeline.scan import Use, scan
from lots.service.desk import Desk
from lots.service.inputs import Purpose
from lots.store.access.accounts import Account
from lots.store.access.door import in_time


def verdict(at: Desk, account: Account, raw: str, purpose: Purpose) -> Scanned:
    """What may be done with one vial of a pack at the account's own site; the client never says which
    site.
    """
    use = Use(NormPurpose(purpose), account.site or "", 1)
    # Questions leave a scan its own connections: it never waits for one of them.
    with in_time():
        return scan(at.settings, raw, use, at.now())
