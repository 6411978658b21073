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


def backup(verb: argparse.ArgumentParser) -> None:
    """Where to."""
    verb.add_argument("folder", metavar="FOLDER", help="new or empty; whoever has it sees all")


def restore(verb: argparse.ArgumentParser) -> None:
    """Where from; or whose word it is that the database is the newest."""
    verb.add_argument(
        "folder",
        nargs="?",
        default="",
        metavar="FOLDER",
        help="what `lots backup` wrote; none: say what stands outside and not in the database",
    )
    said = "who takes this database for the newest, though its copies outside do not show it"
    verb.add_argument("--by", default="", help=said)
    verb.add_argument("--reason", default="", help="why")
    said = "of entries that stand outside and not in the database: how many"
    # Who says how many there are has looked at them.
    verb.add_argument("--count", type=int, metavar="N", help=said)
    verb.epilog = "Exit code 0: the newest, scans are answered; 1: not shown to be."


def prove(verb: argparse.ArgumentParser) -> None:
    """Which row, and that whoever gets the proof may see it."""
    completes(verb.add_argument("record", help="a record type, such as donation"), record_names)
    verb.add_argument("key", metavar="KEY", help="its key, with slashes between its parts")
    verb.add_argument(
        "--disclose",
        action="store_true",
        help="where the row names persons: whoever gets the proof may see them",
    )
