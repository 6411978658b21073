"""The verbs of the ledger: (answer, exit code), as the others (verbs.py)."""

from argparse import Namespace
from pathlib import Path

from lots.answers import Verbatim
from lots.answers.restored import BackedUp, Newest
from lots.answers.verified import Verified
from lots.command.beginning import now, own_folders, start, writing
from lots.errors import CallError
from lots.settings import settings


def verify(options: Namespace) -> tuple[Verified, int]:
    """Whether all is as the ledger says."""
    from lots.pipeline.verify import verify as whole

    writing()
    # By the login that writes: readers see no salts, without which no leaf can be computed.
    found = whole(settings(), [_held(path) for path in options.against or ()])
    return found, int(not found.intact)


def _held(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CallError(
            f"--against {path}: expected a file with a checkpoint, got none that can be read."
        ) from None


def backup(options: Namespace) -> tuple[BackedUp, int]:
    """A copy of all that an installation is made of."""
    from lots.pipeline.backup import backup as write

    writing()
    made = write(settings(), Path(options.folder), now=now())
    # A backup that is not whole is bad news, whatever is in it.
    return made, int(bool(made.lacking))


def restore(options: Namespace) -> tuple[Newest, int]:
    """Put a backup back; or say how far the database is the newest, or that it is."""
    from lots.pipeline import newest
    from lots.pipeline.resolve import Word
    from lots.pipeline.restore import restore as put_back

    if options.folder:
        # Two steps, so that nobody says that a database is the newest before its missing entries
        # were read.
        if options.by or options.reason:
            raise CallError("A backup is put back first, and looked at; expected no --by yet.")
        own_folders()
        start()
        found = put_back(settings(), Path(options.folder))
    elif options.by or options.reason or options.count is not None:
        writing()
        word = Word(options.by, options.reason)
        found = newest.say(settings(), word, options.count, now=now())
    else:
        writing()
        found = newest.standing(settings())
    return found, int(not found.newest)


def prove(options: Namespace) -> tuple[Verbatim, int]:
    """A proof of one row."""
    from lots.pipeline.prove import prove as proof

    writing()
    text = proof(settings(), options.record, options.key, disclosed=options.disclose, now=now())
    return Verbatim(text.rstrip("\n")), 0
