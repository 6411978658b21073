"""What a scan is called with."""

from lots.command.arguments import Verb, positive
from lots.decisions.norm import Purpose


def stops(verb: Verb) -> None:
    """Declare at whose place."""
    listed = verb("stops", "print the signed list of what is stopped")
    listed.add_argument("--at", dest="site", required=True, metavar="SITE", help="where (party id)")


def scan(verb: Verb) -> None:
    """Declare what is scanned, what for, and where."""
    scanned = verb("scan", "say whether a scanned pack may be used: GO, or why not")
    scanned.add_argument("raw", metavar="RAW", help="what the scanner sent; -: from standard input")
    scanned.add_argument(
        "--for",
        dest="purpose",
        type=str.lower,
        # Required, and of the norm's own words: what is no ground for one purpose stops another.
        choices=[purpose.value for purpose in Purpose],
        required=True,
        help="what it is scanned for",
    )
    scanned.add_argument(
        "--at", dest="site", required=True, metavar="SITE", help="where (party id)"
    )
    scanned.add_argument(
        "--vials", type=positive, default=1, metavar="N", help="how many of its vials"
    )
    scanned.epilog = "Exit code 0: GO; 1: anything else; 2: the call is wrong. The scan is kept."
