"""The verb by which a person is redacted: (answer, exit code), as the others (verbs.py)."""

import argparse
import sys
from argparse import Namespace

from lots.answers.redacted import Redactions
from lots.command.beginning import now, writing
from lots.errors import CallError
from lots.settings import settings

# So that a file which was piped in by mistake is not read whole.
MOST = 10_000  # bytes of a key on standard input


def options(verb: argparse.ArgumentParser) -> None:
    """Whom, on what ground; none: do what two signed."""
    verb.add_argument(
        "kind", nargs="?", default="", metavar="donor|patient", help="none: do what two signed"
    )
    said = "the person's key; -: from standard input, which no history of commands keeps"
    verb.add_argument("key", nargs="?", default="", metavar="KEY", help=said)
    verb.add_argument("--ground", default="", help="the legal ground, and where it is on file")
    verb.add_argument("--by", default="", help="who proposes it")
    verb.add_argument("--reason", default="", help="why; no key of a person")
    verb.add_argument(
        "--list", action="store_true", help="what is proposed or signed, and not done"
    )
    verb.add_argument(
        "--disclose", action="store_true", help="with --list: of whom, for those who sign"
    )
    verb.epilog = (
        "Two sign it on the pages before anything is done. Exit code 0: done; 1: it waits for signatures, or"
        " files are left at which a person must look."
    )


def redact(options: Namespace) -> tuple[Redactions, int]:
    """Propose it, list what is proposed, or do what two signed."""
    from lots.pipeline import redact as verb
    from lots.pipeline.dispose import Saying

    if options.list:
        writing()
        return verb.listed(settings(), disclosed=options.disclose), 0
    if not options.kind:
        writing()
        # The key is not asked for again: what two signed says whom.
        done = verb.carry_out(settings(), now=now())
        return done, int(any(one.standing != "done" for one in done.redactions))
    if not (options.key and options.ground and options.by and options.reason):
        raise CallError(
            "A redaction is proposed by a person, of one person, on a legal ground; expected a key, --ground,"
            " --by and --reason."
        )
    key = sys.stdin.read(MOST).strip("\r\n") if options.key == "-" else options.key
    writing()
    saying = Saying(options.by, options.reason, now())
    # It waits for two: a script that goes on must not take it for done.
    return verb.propose(settings(), options.kind, key, options.ground, saying), 1
