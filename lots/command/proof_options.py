"""What the verbs of the ledger take."""

import argparse

from lots.command.overview import completes, record_names


def verify(verb: argparse.ArgumentParser) -> None:
    """Checkpoints that others kept."""
    verb.add_argument(
        "--against",
        action="append",
        metavar="FILE",
        help="a checkpoint that somebody else kept: the ledger must have grown from it",
    )


def prove(verb: argparse.ArgumentParser) -> None:
    """Which row, and that whoever gets the proof may see it."""
    completes(verb.add_argument("record", help="a record type, such as donation"), record_names)
    verb.add_argument("key", metavar="KEY", help="its key, with slashes between its parts")
    verb.add_argument(
        "--disclose",
        action="store_true",
        help="where the row names persons: whoever gets the proof may see them",
    )
