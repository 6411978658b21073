"""The grammar of the command: every verb with what may follow it."""

import argparse

from lots.command import (
    decide_options,
    list_options,
    proof_options,
    redact,
    said_options,
    scan_options,
)
from lots.command.arguments import Verb, when, whole
from lots.command.overview import completes, overview, record_names, rule_names, sql_names
from lots.questions import implicating, traced


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
    scan_options.scan(verb)
    scan_options.stops(verb)
    _questions(verb)
    proof_options.verify(verb("verify", "hold all rows and kept bytes against the ledger"))
    proof_options.backup(verb("backup", "copy database and kept bytes into a folder"))
    proof_options.restore(
        verb("restore", "put a backup back, and say whether it is the newest state")
    )
    redact.options(
        verb("redact", "take a donor or a patient out of all rows and files: two sign it")
    )
    proof_options.prove(verb("prove", "print a proof of one row, for whoever trusts nobody"))
    _derived(verb)
    top.epilog = overview(told)
    return top


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
    said = "where the pages listen; beyond this machine only with --behind-tls"
    serve.add_argument("--host", default="127.0.0.1", help=said)
    said = "a proxy of this site's own, in front of the pages, ends TLS"
    serve.add_argument("--behind-tls", action="store_true", help=said)
    said = "who runs tasks: this host, or those where `lots worker` runs (default: local)"
    serve.add_argument("--executor", choices=("local", "celery", "edge"), help=said)
    worker = verb("worker", "run tasks of what another host serves, until interrupted")
    said = "the same as of `lots serve` (default: edge)"
    worker.add_argument("--executor", choices=("celery", "edge"), default="edge", help=said)
    said = "how many files at a time (default: 2)"
    worker.add_argument("--slots", type=int, default=2, help=said)
    said = "what it is called; by default as its host is, and by its process"
    worker.add_argument("--name", default="", help=said)
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
    report = verb("report", "write receipts' reports anew, on any host")
    report.add_argument("receipts", nargs="*", type=int, metavar="RECEIPT", help="their numbers")
    report.add_argument("--all", action="store_true", help="of every receipt that is concluded")
    list_options.lists(verb)
    list_options.balance(verb)
    list_options.show(verb)
    profile = verb("profile", "list how senders' files are written, or add, remove or show it")
    profile.add_argument(
        "act", nargs="?", choices=("list", "add", "remove", "show"), default="list"
    )
    said = "add: files called SENDER.toml; remove and show: senders (party ids)"
    profile.add_argument("which", nargs="*", metavar="WHICH", help=said)
    template = verb("template", "print what a sender fills in")
    completes(template.add_argument("record", help=list_options.RECORD_HELP), record_names)
    sql = verb("sql", "print what the database runs")
    said = f"{list_options.RECORD_HELP}, or what can be asked about, such as kit-lot"
    completes(sql.add_argument("name", help=said), sql_names)


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
    decide_options.decide(verb("decide", "stop, hold or release: at once, or proposed to two"))
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
