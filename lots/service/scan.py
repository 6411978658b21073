"""What a scan is answered: one function that everything here asks, so that no other place can say GO."""

from dataclasses import dataclass

from lots.service.inputs import Purpose
from lots.store.access.accounts import Account


@dataclass(frozen=True, slots=True)
class Verdict:
    """The word that fills the screen, in a sentence why, and each ground."""

    word: str
    sentence: str
    grounds: tuple[str, ...]
    purpose: str
    site: str


def verdict(account: Account, raw: str, purpose: Purpose) -> Verdict:
    """What may be done with a pack at the account's own site; the client never says which site.

    No check of a scan runs here yet, and what was not checked is never GO.
    """
    del raw  # not kept: wristbands and badges are scanned daily
    return Verdict(
        "NO VERDICT",
        "Nothing was checked. Do not use this pack on the strength of this page.",
        ("The checks of a scan do not run in this version.",),
        purpose,
        account.site or "",
    )
