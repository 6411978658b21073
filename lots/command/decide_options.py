"""What `lots decide` takes (decide.py does it)."""

import argparse

from lots.command.overview import completes

THINGS = ("unit", "intermediate", "lot", "pack", "shipment", "finding", "row", "rule", "stops")


def decide(verb: argparse.ArgumentParser) -> None:
    """Of what which move, how far it reaches, and what must be told."""
    what = verb.add_argument(
        "what", nargs="?", default="", metavar="|".join(THINGS), help="of what; none: list all"
    )
    completes(what, lambda: [*THINGS])
    verb.add_argument(
        "key", nargs="?", default="", help="which, with slashes: M1/L1; GTIN/SERIAL; or its number"
    )
    verb.add_argument("move", nargs="?", default="", help="a move of docs/norm/moves.md")
    for option, name, said in (
        ("--market", "CODE", "where it holds, as an ISO 3166 code; none: everywhere"),
        ("--site", "PARTY", "at which site alone"),
        ("--pack", "GTIN/SERIAL", "of which packs of the lot alone"),
        ("--end", "N", "which decision it ends; none: all that it can"),
        ("--given", "NAME=TEXT", "what must be told, such as instruction=..."),
        ("--ready", "PIECE=HOW", "of a piece of readiness: met, or the number of a document"),
    ):
        # Given again it names one more: a list in one text would need a mark that no name has.
        verb.add_argument(option, action="append", metavar=name, help=said)
    # Only the owner's people end it: whoever says nothing decides for the licence holder.
    verb.add_argument("--owner", default="holder", help="holder, authority, or the site (party id)")
    verb.add_argument("--withdraw", action="store_true", help="withdraw a decision by its number")
    verb.add_argument("--by", default="", help="who decides")
    verb.add_argument("--reason", default="", help="why")
    verb.epilog = (
        "Nobody signs in on a command line: what stops holds at once; what needs two people stays"
        " proposed until two sign it on the pages (lots serve)."
    )
