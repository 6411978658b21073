"""The grammar of the verbs by which a person says something (words.py does them)."""

import argparse

from lots.command.arguments import positive


def resolve(resolve: argparse.ArgumentParser) -> None:
    """What `lots resolve` takes."""
    kinds = ("finding", "contested", "parked", "refused")
    resolve.add_argument("what", type=str.lower, choices=kinds)
    resolve.add_argument(
        "which",
        nargs="+",
        metavar="WHICH",
        help="a finding's number, as `lots findings` and `lots contested` list it, or RULE: all of its"
        " findings that hold nothing; of parked lines each RECEIPT:LINE; of what was refused RECEIPT[:LINE]",
    )
    resolve.add_argument("--count", type=int, metavar="N", help="of a RULE: how many findings")
    resolve.add_argument(
        "--keep",
        default="",
        metavar="RECEIPT:LINE",
        help="the version that stands; none: list them",
    )
    resolve.add_argument(
        "--as",
        dest="meant",
        default="",
        metavar="LOT",
        help="the packed lot that parked lines mean, or a pack of it; none: list what they look like",
    )
    resolve.add_argument(
        "--take-back",
        "--back",
        action="store_true",
        help="take back what was said last; of parked lines, that they mean the lot",
    )
    for option, means in (("--by", "who decides"), ("--reason", "why")):
        resolve.add_argument(option, default="", help=means)


def retract(retract: argparse.ArgumentParser) -> None:
    """What `lots retract` takes."""
    retract.add_argument(
        "rows",
        nargs="*",
        metavar="RECEIPT[:LINE]",
        help="a line of a receipt, several, or all that a receipt brought",
    )
    word = retract.add_argument_group("what is said (one of these)").add_mutually_exclusive_group()
    for option, means in (
        ("--never-happened", "what the rows tell never happened"),
        ("--replacement-due", "it happened otherwise; a replacement is due"),
        ("--confirm", "confirm what another person, or the rows' sender, proposed"),
        ("--take-back", "take back what was said; another person confirms that too"),
        ("--list", "write nothing: list what is proposed and what is in force"),
    ):
        word.add_argument(option, action="store_true", help=means)
    retract.add_argument(
        "--check", action="store_true", help="write nothing: say first what hangs on the rows"
    )
    retract.add_argument(
        "--count", type=int, metavar="N", help="of a whole receipt: how many rows, as --check says"
    )
    for option, means in (("--by", "who says it"), ("--reason", "why")):
        retract.add_argument(option, default="", help=means)
    much = retract.add_mutually_exclusive_group()
    much.add_argument("--all", action="store_true", help="list all of them, not a screen alone")
    much.add_argument("--limit", type=positive, metavar="N", help="list so many of them")
    retract.epilog = (
        "What touches a hold, a link or a patient is proposed until a second, different person"
        " confirms it, and counts as possible until then. Nothing is erased."
    )
