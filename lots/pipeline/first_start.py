"""What is said once of a database before it is served: what it holds, and who makes accounts."""

from datetime import datetime

from lots.settings import Settings
from lots.store.access import accounts, nature, tokens
from lots.store.access.door import asking


def tell(settings: Settings, holds: str, *, by: str, now: datetime) -> None:
    """Say for ever whether it holds what is real or what is synthetic. Raises CallError where the
    other was said before.
    """
    nature.tell(settings, holds, by=by, now=now)


def link(settings: Settings, *, now: datetime, anew: bool = False) -> str | None:
    """The token of a one-time link that makes the first administrator; None where there is one.
    anew: also then, as when the only one has lost the password; whoever starts the service owns it.

    Raises CallError where nobody has said what the database holds. A link of an earlier start ends.
    """
    # Before anybody can sign in: every page says whether what it shows is real.
    nature.told(settings)
    with asking(settings) as connection:
        if not anew and accounts.has_administrator(connection):
            return None
        return tokens.offer_link(connection, None, now)
