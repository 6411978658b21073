"""What each verb of the command does: (answer, exit code). Imports stand where they are used: most
verbs need few.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from getpass import getuser
from pathlib import Path
from typing import Any

from lots.answers import Implicated, Listed, Received, Trace, Verbatim
from lots.answers import lists as rows
from lots.answers.scanned import Scanned
from lots.answers.shown import Shown, ShownFinding, ShownRefused
from lots.command.beginning import bring_up, disclosing, now, reading, writing
from lots.command.decide import decide as decide
from lots.command.evidence import backup as backup
from lots.command.evidence import prove as prove
from lots.command.evidence import restore as restore
from lots.command.evidence import verify as verify
from lots.command.redact import redact as redact
from lots.command.serving import serve as serve
from lots.command.serving import worker as worker
from lots.command.words import resolve as resolve
from lots.command.words import retract as retract
from lots.command.worklists import Answer
from lots.command.worklists import balance as balance
from lots.command.worklists import contested as contested
from lots.command.worklists import findings as findings
from lots.command.worklists import heard as heard
from lots.command.worklists import held as held
from lots.command.worklists import parked as parked
from lots.command.worklists import pending as pending
from lots.command.worklists import receipts as receipts
from lots.command.worklists import refused as refused
from lots.errors import CallError, LedgerUnmatched
from lots.settings import INSTALLED, ROOT, settings

MOST_PIPED = 10_000  # bytes of a scan on standard input


def up(options: Namespace) -> Answer[str]:
    """Start the embedded server and migrate."""
    where = bring_up(options.port)
    if where is None:
        return "The tables are up to date; the database is the one that LOTS_DATABASE_URL names.", 0
    return f"PostgreSQL is up (socket folder {where}).", 0


def down(_: Namespace) -> Answer[str]:
    """Stop what `up` and `serve` started."""
    from lots.postgres import cluster

    return (
        "PostgreSQL is stopped." if cluster.down(settings().home) else "PostgreSQL was not running."
    ), 0


def synthetic(options: Namespace) -> Answer[str]:
    """Write a synthetic plant."""
    from synthetic import write

    if options.donations < 1:
        raise CallError(
            f"--donations is {options.donations}; expected a whole number of at least 1."
        )
    write(options.donations, options.seed, Path(options.out))
    return f"Wrote a plant of {options.donations:,} donations to {options.out}.", 0


def receive(options: Namespace) -> Answer[list[Received]]:
    """Receive files one after the other, link, and say what became of each."""
    from lots.pipeline import landing, receive_all

    writing()
    # All of them before the first is taken: a path that is not there is told before anything is
    # done.
    locations = [file for path in options.paths for file in landing.files(path)]
    taken = receive_all.receive_all(
        locations, settings(), by=getuser(), now=now, sender=options.sender, folders=options.paths
    )
    # A row that was refused is bad news, though its file was accepted.
    bad = any(r.status != "accepted" or r.counts.get("refused") for r in taken)
    return taken, 2 if any(r.wrong for r in taken) else int(bad)


def abandon(options: Namespace) -> Answer[str]:
    """Give up a receipt."""
    from lots.pipeline.abandon import abandon as give_up
    from lots.pipeline.resolve import Word

    writing()
    return give_up(settings(), options.receipt, Word(options.by, options.reason), now=now()), 0


def report(options: Namespace) -> Answer[str]:
    """Receipts' reports, from the database."""
    from lots.pipeline.report import write_all, write_anew

    if bool(options.receipts) == options.all:
        raise CallError("report: receipts: expected their numbers, or --all, got both or neither.")
    writing()
    if options.all:
        return f"{write_all(settings()):,} reports are in {settings().reports}.", 0
    return "\n".join(map(str, write_anew(settings(), options.receipts))), 0


def show(options: Namespace) -> Answer[Shown | ShownFinding | ShownRefused]:
    """One thing whole."""
    from lots.pipeline.show import show as whole

    # By the smaller login unless it is asked for: the database refuses what this one may not see.
    (disclosing if options.disclose else reading)()
    return whole(settings(), options.what, options.name, disclosed=options.disclose), 0


def profile(options: Namespace) -> Answer[Listed[rows.ProfilePut] | Verbatim]:
    """How senders' files are written."""
    from lots.pipeline import profiles

    if bool(options.which) == (options.act == "list"):
        expected = "none" if options.act == "list" else "at least one"
        raise CallError(f"profile {options.act}: which: expected {expected}, got another number.")
    if options.act in ("list", "show"):
        reading()
        if options.act == "list":
            return profiles.listed(settings()), 0
        return Verbatim("\n".join(profiles.text(settings(), one) for one in options.which)), 0
    writing()
    if options.act == "add":
        paths = [Path(path) for path in options.which]
        return profiles.add(settings(), paths, by=getuser(), now=now()), 0
    return profiles.remove(settings(), options.which, by=getuser(), now=now()), 0


def template(options: Namespace) -> Answer[Verbatim]:
    """The header that a sender fills in."""
    from lots.records import record

    return Verbatim(",".join(c.name for c in record(options.record).columns)), 0


def sql(options: Namespace) -> Answer[Verbatim]:
    """What the database runs for a record type or a question."""
    from lots.pipeline.lists import sql_of

    return Verbatim(sql_of(options.name)), 0


def scan(options: Namespace) -> Answer[Scanned]:
    """The verdict on one scan."""
    from lots.decisions.norm import Purpose
    from lots.pipeline.publish import publish
    from lots.pipeline.scan import Scanner, Use
    from lots.pipeline.scan import scan as verdict

    raw = options.raw
    if raw == "-":
        # Bytes, of which no scanner sends many: what is no text is no code either, and no
        # traceback.
        raw = sys.stdin.buffer.read(MOST_PIPED).decode("utf-8", "replace")
    writing()
    use = Use(Purpose(options.purpose), options.site, options.vials)
    told: Scanned = verdict(settings(), raw, use, now(), Scanner(getuser()))
    # Of a database that is older than its copies outside nothing is written there; the verdict says
    # so.
    with suppress(LedgerUnmatched):
        publish(settings(), now=now())
    return told, int(told.verdict != "GO")


def stops(options: Namespace) -> Answer[Verbatim]:
    """The signed list of what is stopped at a site."""
    from lots.pipeline.scan import Scanner
    from lots.pipeline.stops import expect_site
    from lots.pipeline.stops import stops as listed

    writing()
    expect_site(settings(), options.site)
    return Verbatim(listed(settings(), options.site, now(), Scanner(getuser())).note), 0


def trace(options: Namespace) -> Answer[Trace]:
    """The tree both ways."""
    from lots.pipeline.trace import PERSONS
    from lots.pipeline.trace import trace as walk

    # What a person gave or was given is told to whoever may see the key that it is asked by.
    (disclosing if options.kind in PERSONS else reading)()
    found: Trace = walk(settings(), options.kind, options.name, through=options.through)
    # Bad news, so that a script which asks notices.
    return found, int(not found.certificate.complete)


def implicate(options: Namespace) -> Answer[Implicated]:
    """What a question about some things concerns."""
    from lots.pipeline.implicate import Subject
    from lots.pipeline.implicate import implicate as walk
    from lots.pipeline.period import Period
    from lots.questions import implicating

    asked = [Subject(kind, name) for kind in implicating() for name in getattr(options, kind) or ()]
    if not asked:
        raise CallError("Nothing is asked about; `lots implicate --help` lists what can be.")
    reading()
    found: Implicated = walk(
        settings(),
        asked,
        through=options.through,
        period=Period(options.since, options.until),
    )
    return found, int(not found.certificate.complete)


def link(_: Namespace) -> Answer[str]:
    """Link what is new."""
    from lots.pipeline.link import link as link_entries

    writing()
    return f"Linked {link_entries(settings(), now=now()).entries} ledger entries.", 0


def watch(_: Namespace) -> Answer[Listed[rows.Overdue]]:
    """What is overdue."""
    from lots.pipeline.watch import watch as look

    writing()
    found = tuple(rows.Overdue(s) for s in look(settings(), now=now()).sentences)
    return Listed("Overdue", rows.Overdue, found, "Nothing is overdue."), int(bool(found))


def evaluate(options: Namespace) -> Answer[Listed[rows.ChangedOutcome]]:
    """Put rules to everything again."""
    from lots.pipeline.evaluate_anew import evaluate_anew as again

    writing()
    return again(settings(), options.rule, now=now(), by=options.by, reason=options.reason), 0


def rebuild(_: Namespace) -> Answer[str]:
    """Derive everything once more; bad news where it was not as it should be."""
    from lots.pipeline.link import rebuild as anew

    writing()
    changed = anew(settings(), now=now()).changed
    if not changed:
        return "All that is derived is as it should be: nothing was changed.", 0
    return (
        f"Of what is derived {changed.removed:,} rows were wrong and {changed.added:,} missing; they"
        " are as they should be now.",
        1,
    )


def digest(_: Namespace) -> Answer[str]:
    """One hash of the state."""
    from lots.pipeline.digest import digest as whole

    disclosing()
    return whole(settings()), 0


def docs(_: Namespace) -> Answer[str]:
    """Write the generated pages."""
    from lots.command import schemas
    from lots.papers import write

    if INSTALLED:
        raise CallError(
            "docs: folder of the generated pages: expected a checkout, got an installed package;"
            " read them where the code comes from."
        )
    written: Sequence[Any] = write(ROOT / "docs", schemas.pages(sys.modules[__name__]))
    return f"Wrote {', '.join(str(p) for p in written)}.", 0
