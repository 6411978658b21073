"""The command line: few verbs, each with --json. Exit code 0 done, 1 the answer is bad news, 2 the
call is wrong.
"""

import argparse
import os
import sys
from collections.abc import Callable

from lots import private
from lots.command import proof_options, said_options
from lots.command.arguments import positive, when, whole
from lots.command.output import legible
from lots.command.overview import (
    complete,
    completes,
    overview,
    record_names,
    rule_names,
    sql_names,
)
from lots.decisions.norm import Purpose
from lots.errors import LotsError
from lots.questions import implicating, traced
from lots.visible import json_text, visible

RECORD_HELP = "a record type, such as donation"
HELD = ("unit", "lot", "case")
OF_SENDERS = ("refused", "findings", "parked", "contested")


def parser() -> argparse.ArgumentParser:
    """The whole grammar of the command."""
    top = argparse.ArgumentParser(
        prog="lots",
        usage="lots [-h] VERB ...",
        description="Follow plasma medicine from a donor's arm to a patient's arm, and back.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # Listed by whom they are called, below, instead of in a row.
    verbs = top.add_subparsers(
        dest="verb", metavar="VERB", required=True, help=argparse.SUPPRESS, prog="lots"
    )
    # Filled by each verb as it is declared, and printed in the order of the README.
    told: dict[str, str] = {}

    def verb(name: str, does: str) -> argparse.ArgumentParser:
        told[name] = does
        made = verbs.add_parser(name, description=does[0].upper() + does[1:] + ".")
        made.add_argument("--json", action="store_true", help="print JSON")
        return made

    _running(verb)
    _files(verb)
    _scan(verb)
    _questions(verb)
    proof_options.verify(verb("verify", "hold all rows and kept bytes against the ledger"))
    proof_options.prove(verb("prove", "print a proof of one row, for whoever trusts nobody"))
    _derived(verb)
    top.epilog = overview(told)
    return top


Verb = Callable[[str, str], argparse.ArgumentParser]


def _running(verb: Verb) -> None:
    up = verb("up", "start the embedded PostgreSQL and bring its tables up to date")
    # By default through a socket alone: nobody else on this machine reaches it.
    up.add_argument("--port", type=int, help="listen on 127.0.0.1 at this port too, with passwords")
    verb("down", "stop the embedded PostgreSQL")
    serve = verb("serve", "run the pages and Airflow's scheduler until interrupted")
    serve.add_argument("--port", type=int, default=8080, help="where the pages are")
    said = "where Airflow's own pages are, for this machine alone; by default the next port"
    serve.add_argument("--airflow-port", type=int, help=said)
    said = "print a one-time link for one more administrator, as when the only one cannot sign in"
    serve.add_argument("--administrator", action="store_true", help=said)
    holds = serve.add_mutually_exclusive_group()
    for nature in ("real", "synthetic"):
        said = f"say once for ever that this database holds what is {nature}"
        holds.add_argument(
            f"--{nature}", dest="holds", action="store_const", const=nature, help=said
        )


def _files(verb: Verb) -> None:
    synthetic = verb(
        "synthetic", "write a synthetic plant's files, its seeded faults and the truth"
    )
    synthetic.add_argument("--donations", type=int, required=True)
    synthetic.add_argument("--seed", type=int, default=1)
    synthetic.add_argument("--out", required=True, metavar="DIR")
    receive = verb("receive", "receive, judge, accept and link files or folders")
    receive.add_argument("paths", nargs="*", metavar="PATH", help="none: take up what a crash left")
    receive.add_argument(
        "--sender", default="", help="who sent them (party id); by default the folder's name"
    )
    abandon = verb("abandon", "give up a receipt that cannot be concluded, and try it no more")
    abandon.add_argument("receipt", type=int, help="its number, as `lots receive` told it")
    for option, said in (("--by", "who gives it up"), ("--reason", "why")):
        abandon.add_argument(option, default="", help=said)
    _lists(verb)
    _show(verb)
    template = verb("template", "print what a sender fills in")
    completes(template.add_argument("record", help=RECORD_HELP), record_names)
    sql = verb("sql", "print what the database runs")
    said = f"{RECORD_HELP}, or what can be asked about, such as kit-lot"
    completes(sql.add_argument("name", help=said), sql_names)


def _lists(verb: Verb) -> None:
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
        if name in ("receipts", "heard"):
            continue
        if name != "held":
            listed.add_argument(
                "--by", choices=("rule", "sender", "lot"), help="count them instead of listing them"
            )
        much = listed.add_mutually_exclusive_group()
        much.add_argument("--all", action="store_true", help="list all of them, not a screen alone")
        much.add_argument("--limit", type=positive, metavar="N", help="list so many of them")


def _show(verb: Verb) -> None:
    show = verb("show", "show one thing whole: every version of a row, or a finding")
    what = show.add_argument("what", help=f"{RECORD_HELP}; or finding, or row")
    completes(what, lambda: ["finding", "row", *record_names()])
    show.add_argument(
        "name",
        metavar="KEY",
        help="its key, with slashes between its parts; a finding's number; RECEIPT:LINE",
    )
    show.add_argument(
        "--disclose",
        action="store_true",
        help="with keys of persons and what came as it came, by a login that may see them",
    )


def _scan(verb: Verb) -> None:
    scan = verb("scan", "say whether a scanned pack may be used: GO, or why not")
    scan.add_argument("raw", metavar="RAW", help="what the scanner sent; -: from standard input")
    scan.add_argument(
        "--for",
        dest="purpose",
        type=str.lower,
        choices=[purpose.value for purpose in Purpose],
        required=True,
        help="what it is scanned for",
    )
    scan.add_argument("--at", dest="site", required=True, metavar="SITE", help="where (party id)")
    scan.add_argument(
        "--vials", type=positive, default=1, metavar="N", help="how many of its vials"
    )
    scan.epilog = "Exit code 0: GO; 1: anything else; 2: the call is wrong. Nothing is kept."


def _questions(verb: Verb) -> None:
    trace = verb("trace", "show the tree both ways, with its certificate")
    # As somebody types it: the name is looked up in every case already.
    trace.add_argument("kind", type=str.lower, choices=tuple(traced()))
    trace.add_argument("name", help="; ".join(q.written for q in traced().values()))
    implicate = verb(
        "implicate", "say which lots, holders, packs and how many patients it concerns"
    )
    for question in implicating().values():
        # Twice is "either": the same option is the same kind of thing.
        implicate.add_argument(
            f"--{question.option}", action="append", metavar="ID", help=question.help
        )
    implicate.add_argument(
        "--from",
        dest="since",
        type=when,
        metavar="WHEN",
        help="a period begins: a day of the place, or an ISO instant; it counts",
    )
    implicate.add_argument(
        "--to", dest="until", type=when, metavar="WHEN", help="and ends; this counts too"
    )
    implicate.epilog = "An option given twice means either; different options mean both."
    for asked in (trace, implicate):
        asked.add_argument(
            "--through",
            type=whole,
            metavar="WHEN",
            help="until when all in scope should be heard: an ISO instant, or a whole day in UTC"
            " (default: until when they were)",
        )


def _derived(verb: Verb) -> None:
    verb("link", "link what was accepted and is not linked yet")
    verb("watch", "say what is overdue, and open findings where a term has passed")
    said_options.resolve(
        verb("resolve", "a person's word on findings, contested keys, parked and refused")
    )
    said_options.retract(verb("retract", "say that rows were entered in error, or take that back"))
    again = verb("evaluate", "put rules across records to all again, and say what changed")
    rules = again.add_argument(
        "rule", nargs="*", help="such as D07; none, or with --by: all of them"
    )
    completes(rules, rule_names)
    again.add_argument(
        "--by",
        default="",
        help="who makes the reference that stands now effective; none: judge by what is effective",
    )
    again.add_argument("--reason", default="", help="why")
    verb("rebuild", "make all that is derived anew from what was accepted")
    verb("digest", "print one hash of the whole state, whatever the order of arrival")
    verb("docs", "write the data dictionary and the rule book under docs/")


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


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    top = parser()
    complete(top)
    legible()
    private.begin()
    options = top.parse_args(arguments)
    legible(as_json=options.json)
    from lots.command import verbs  # so that --help loads nothing

    run: Callable[[argparse.Namespace], tuple[object, int]] = getattr(verbs, options.verb)
    try:
        answer, code = run(options)
    except LotsError as error:
        print(f"lots: {visible(str(error))}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print(
            "lots: interrupted; what was committed stands, and the next run goes on.",
            file=sys.stderr,
        )
        # As shells count what was interrupted.
        return 130
    try:
        if answer is not None:
            _tell(answer, as_json=options.json)
        sys.stdout.flush()
    except (
        BrokenPipeError
    ):  # whoever read has read enough; nothing is left to be flushed at the end
        # Python flushes once more when it ends, and would complain of the broken pipe then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _tell(answer: object, *, as_json: bool) -> None:
    if as_json:
        import json

        from lots.answers.plain import plain

        print(json_text(json.dumps(plain(answer), ensure_ascii=False, indent=1)))
    else:
        from lots.command.terminal import show

        show(answer)


if __name__ == "__main__":
    sys.exit(main())
