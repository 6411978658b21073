"""Where people sign in, what needs two of them is said by no command line."""

from lots.errors import NotAllowed
from lots.store import dispositions
from lots.store.engine import Connection

SIGNED_HERE = (
    "{} needs two people who sign in, and people sign in here: propose it by `lots decide {}`, and two"
    " sign it on the pages."
)


def refuse_unsigned(connection: Connection, what: str, decision: str) -> None:
    """Raise NotAllowed where people can sign in: then a word of a command line is not enough."""
    if dispositions.signed_here(connection):
        raise NotAllowed(SIGNED_HERE.format(what, decision))
