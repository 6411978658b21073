"""The verbs of the ledger: (answer, exit code), as the others (verbs.py)."""

from argparse import Namespace
from pathlib import Path

from lots.answers import Verbatim
from lots.answers.verified import Verified
from lots.command.beginning import now, writing
from lots.errors import CallError
from lots.settings import settings


def verify(options: Namespace) -> tuple[Verified, int]:
    """Whether all is as the ledger says."""
    from lots.pipeline.verify import verify as whole

    writing()
    found = whole(settings(), [_held(path) for path in options.against or ()])
    return found, int(not found.intact)


def _held(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CallError(
            f"--against {path}: expected a file with a checkpoint, got none that can be read."
        ) from None


def prove(options: Namespace) -> tuple[Verbatim, int]:
    """A proof of one row."""
    from lots.pipeline.prove import prove as proof

    writing()
    text = proof(settings(), options.record, options.key, disclosed=options.disclose, now=now())
    return Verbatim(text.rstrip("\n")), 0
