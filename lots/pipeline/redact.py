"""Redact a person: two sign it, then the key leaves every row and every kept file, and a random one
stands in its place (docs/ledger.md).
"""

import re
from datetime import datetime

from lots.answers.redacted import Redaction, Redactions
from lots.errors import CallError, GateClosed
from lots.pipeline import dispose, kept_anew
from lots.pipeline.dispose import Asked, Saying
from lots.pipeline.kept_anew import Step
from lots.pipeline.link import link, link_everything
from lots.pipeline.publish import publish
from lots.settings import Settings
from lots.store.engine import Connection, expect, owner_engine
from lots.store.intake import receipts
from lots.store.ledger.appending import append
from lots.store.lineage import linking
from lots.store.redaction import asked, facts_taken, persons, resting, searching, taking
from lots.store.redaction.asked import Waiting
from lots.store.redaction.persons import Person

STEPS = ("begin", "rows", "bytes", "commit", "outside", "left", "done")
THING, MOVE = "redaction", "redact"
BY = "lots"  # it does what two signed
BEYOND = (
    "Beyond its reach are backups, proofs that were handed out, what the sender has, files that still lie"
    " where they were received from, and what PostgreSQL keeps of old rows until it vacuums and of its own"
    " log: end these where the law asks for it."
)
UNREAD = (
    "Receipts {} were refused whole and cannot be searched (a workbook, an archive, UTF-16, or damaged): whether"
    " their kept bytes tell of the person, a person must look."
)
STRAY = (
    "Kept bytes {} are of no receipt, and tell of the person or cannot be searched: delete them, unless another"
    " database keeps its bytes in this place too."
)
BOUND = "Whoever signs sees there the sum that binds the decision to this key: {}."
SIGN = "Two sign decision {} on the pages (lots serve); then `lots redact` does it."


def propose(settings: Settings, kind: str, key: str, ground: str, who: Saying) -> Redactions:
    """Propose to redact a donor or a patient, for a legal ground. Raises CallError, NotFound."""
    if kind not in persons.KINDS:
        raise CallError("redact: whom: expected donor or patient, got another word.")
    if any(
        re.search(Person(kind, key, "").pattern, said) for said in (ground, who.by, who.meaning)
    ):
        raise CallError(
            "redact: ground: expected no key of the person in it, got one; it stays for ever."
        )
    with owner_engine(settings).begin() as connection:
        number, person = asked.propose(connection, kind, key, who.at)
        what = Asked(
            THING, (str(number),), MOVE, {"ground": ground, "person": person, "kind": kind}
        )
        disposition, _ = dispose.put(connection, what, who)
    publish(settings, now=who.at)
    standing = dispose.shown(settings, disposition).standing
    made = Redaction(number, kind, disposition, standing, said=(SIGN.format(disposition), BEYOND))
    return Redactions((made,))


def listed(settings: Settings, *, disclosed: bool) -> Redactions:
    """What is proposed or signed, and not done. disclosed: with the keys, for those who must know
    what they sign.
    """
    with owner_engine(settings).connect() as connection:
        waiting = asked.waiting(connection)
    return Redactions(tuple(_listed(one, disclosed) for one in waiting))


def _listed(one: Waiting, disclosed: bool) -> Redaction:
    number, who = one.redaction, one.person
    key, said = (who.key, (BOUND.format(one.bound),)) if disclosed else (None, ())
    return Redaction(number, who.kind, one.disposition, one.standing, key=key, said=said)


def carry_out(settings: Settings, *, now: datetime, step: Step = lambda name: None) -> Redactions:
    """Do what two signed, and what an earlier run left. Raises CallError, GateClosed; then of that
    person nothing was redacted.
    """
    expect("lots_pipeline", settings)
    link(settings, now=now)
    publish(settings, now=now)
    with owner_engine(settings).begin() as connection:
        asked.forget_withdrawn(connection)
        waiting = asked.in_force(connection)
    done = tuple(_one(settings, one, now, step) for one in waiting)
    step("outside")
    publish(settings, now=now)
    _of_sites(settings, now)
    # Last: old bytes are deleted only once the entry that tells of it stands outside.
    kept_anew.finish(settings, now=now, step=step)
    return Redactions(done)


def _one(settings: Settings, one: Waiting, now: datetime, step: Step) -> Redaction:
    step("begin")
    with owner_engine(settings).begin() as connection:
        linking.lock(connection)
        asked.lock(connection)
        if receipts.unfinished(connection):
            raise CallError(
                "redact: receipts: expected all of them concluded, got some that wait; first: lots receive."
            )
        before = resting.answers(connection)
        taking.begin(connection)
        facts_taken.take_all(connection, one.person)
        resting.name_subjects(connection, one.person)
        step("rows")
        link_everything(connection)
        step("bytes")
        lines, unread = kept_anew.named(connection, settings, one.person)
        stray = kept_anew.sweep(connection, settings, one.person, now)
        changed = kept_anew.blank(connection, settings, lines)
        resting.follow(connection, one.person, before, resting.answers(connection))
        rows = taking.finish(connection)
        taking.look_anew(connection)
        asked.done(connection, one, now)
        _expect_nothing_left(connection, one)
        reference = {"redaction": str(one.redaction), "disposition": str(one.disposition)}
        entry = append(connection, "redaction", reference, BY, now)
        step("commit")
    named = ((UNREAD, [*map(str, unread)]), (STRAY, stray))
    left = [sentence.format(", ".join(names)) for sentence, names in named if names]
    standing, said = ("done, but for files" if left else "done"), (*left, BEYOND)
    return Redaction(
        one.redaction,
        one.person.kind,
        one.disposition,
        standing,
        rows,
        changed,
        entry,
        said=said,
    )


def _of_sites(settings: Settings, now: datetime) -> None:
    """Put aliases into what was scanned or booked while a redaction ran: nobody's scan waits for
    one.
    """
    with owner_engine(settings).begin() as connection:
        taking.begin(connection)
        if not facts_taken.take_of_sites(connection):
            return
        taking.finish(connection)
        append(connection, "blanked", {"of": "sites"}, BY, now)
    publish(settings, now=now)


def _expect_nothing_left(connection: Connection, one: Waiting) -> None:
    if found := searching.left_over(connection, one.person):
        raise GateClosed(
            f"Redaction {one.redaction}: the key still stands in {', '.join(found)}, where it cannot be"
            " taken out; nothing was redacted."
        )
