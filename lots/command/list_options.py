"""What the verbs that list and show are called with."""

from argparse import ArgumentParser

from lots.command.arguments import Verb, positive
from lots.command.overview import completes, record_names, rule_names

RECORD_HELP = "a record type, such as donation"
HELD = ("unit", "lot", "case")
OF_SENDERS = ("refused", "findings", "parked", "contested")
LISTS = {
    "refused": "list files and rows that cannot be used, and why",
    "findings": "list what sound records tell that is out of limits",
    "pending": "list what rules across records wait for",
    "parked": "list links whose target has not arrived",
    "contested": "list keys whose versions contradict each other",
    "held": "list each unit, lot and case that is held, and why",
    "heard": "list how far each sender has been heard",
    "receipts": "list what was received, by record type",
}


def lists(verb: Verb) -> None:
    """Declare every list, and how much of it."""
    for name, does in LISTS.items():
        listed = verb(name, does)
        if name == "findings":
            rule = listed.add_argument(
                "rule", nargs="?", default="", help="those of this rule alone, such as contested"
            )
            completes(rule, rule_names)
        if name == "held":
            of = ("", *HELD)
            listed.add_argument(
                "holds",
                nargs="?",
                default="",
                choices=of,
                metavar="|".join(HELD),
                help="each of it",
            )
        if name in OF_SENDERS:
            listed.add_argument("--sender", default="", metavar="ID", help="of this sender alone")
        # Both are counted already, and are as long as there are records or senders.
        if name in ("receipts", "heard"):
            continue
        if name != "held":
            listed.add_argument(
                "--by", choices=("rule", "sender", "lot"), help="count them instead of listing them"
            )
        _much(listed)


def _much(listed: ArgumentParser) -> None:
    much = listed.add_mutually_exclusive_group()
    much.add_argument("--all", action="store_true", help="list all of them, not a screen alone")
    much.add_argument("--limit", type=positive, metavar="N", help="list so many of them")


def balance(verb: Verb) -> None:
    """`lots balance [LOT]`."""
    asked = verb("balance", "say where every vial of a lot is, or which lots are not explained")
    said = "its number, MAKER/NUMBER or [maker, number, step]; none: all that are not explained"
    asked.add_argument("lot", nargs="?", default="", metavar="LOT", help=said)
    _much(asked)


def show(verb: Verb) -> None:
    """Declare how one thing is shown."""
    shown = verb("show", "show one thing whole: every version of a row, or a finding")
    what = shown.add_argument("what", help=f"{RECORD_HELP}; or finding, or row")
    completes(what, lambda: ["finding", "row", *record_names()])
    shown.add_argument(
        "name",
        metavar="KEY",
        help="its key, with slashes between its parts; a finding's number; RECEIPT:LINE",
    )
    shown.add_argument(
        "--disclose",
        action="store_true",
        help="with keys of persons and what came as it came, by a login that may see them",
    )
