"""Whether accounts are as their changes tell."""

from collections.abc import Iterator

from lots.answers.verified import Fault, Tampering
from lots.store.engine import Connection
from lots.store.ledger import accounts_told
from lots.store.ledger.accounts_told import Told


def verified(connection: Connection) -> Iterator[Fault]:
    """What is wrong with accounts; never a name, nor what tells whether a password is right."""
    for one in accounts_told.told(connection):
        if one.gone or one.differs or one.entry is None:
            yield _fault(one)


def _fault(one: Told) -> Fault:
    if one.gone:
        said, kind = "is there no more, and accounts are ended, never taken away", Tampering.REMOVED
    elif one.entry is None:
        said, kind = "was made under no entry", Tampering.INSERTED
    else:
        said, kind = (
            f"is not as entry {one.entry} left it: {', '.join(one.differs)}",
            Tampering.CHANGED,
        )
    return Fault(kind, one.entry, f"account {one.account}", f"Account {one.account} {said}.")
