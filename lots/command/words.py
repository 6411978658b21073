"""The verbs by which a person says something: (answer, exit code), as the others (verbs.py)."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from lots.answers import Listed
from lots.answers import lists as rows
from lots.answers.retractions import Hanging, Retracted, StandingRetraction
from lots.command.beginning import disclosing, now, reading, writing
from lots.command.worklists import cut
from lots.errors import CallError
from lots.settings import settings

if TYPE_CHECKING:
    from lots.pipeline.resolve import Word

Kind = TypeVar("Kind")
Answer = tuple[Kind, int]  # and the exit code
Meant = Listed[rows.MeantLine] | Listed[rows.NearLine]
Resolved = str | Listed[rows.StandingVersion] | Meant


def resolve(options: Namespace) -> Answer[Resolved]:
    """A person's word."""
    from lots.pipeline import named_rows, resolve_many, settle, taking_back
    from lots.pipeline import resolve as resolving

    word, back = resolving.Word(options.by, options.reason), options.take_back
    if options.what == "parked":
        return _parked_lines(options, word)
    which = _one(options.which)
    if options.what == "refused":
        writing()
        say = settle.take_back if back else settle.settle
        return say(settings(), named_rows.place(which), word, now=now()), 0
    # A rule's name begins with a letter, a finding's number with a digit.
    if options.what == "finding" and which[:1].isalpha() and not back:
        writing()
        return resolve_many.close_all(settings(), which, word, now=now(), count=options.count), 0
    number = resolving.number(which)
    # Looked at before it is decided, by a login that writes nothing.
    if options.what == "contested" and not options.keep and not back:
        disclosing()
        return resolving.versions(settings(), number), 0
    writing()
    if back:
        again = taking_back.closing if options.what == "finding" else taking_back.decision
        return again(settings(), number, word, now=now()), 0
    if options.what == "finding":
        return resolving.close(settings(), number, word, now=now()), 0
    return resolving.decide(settings(), number, options.keep, word, now=now()), 0


def _one(which: Sequence[str]) -> str:
    """The one thing that a word is on."""
    if len(which) > 1:
        raise CallError("Several numbers stand for a finding; expected one.")
    return which[0]


def _parked_lines(options: Namespace, word: "Word") -> Answer[Meant]:
    """Which lot parked lines mean, or what they look like."""
    from lots.pipeline import meant, named_rows
    from lots.pipeline.near import candidates

    places = [named_rows.place(which) for which in options.which]
    # A whole receipt means nothing here: each line is looked at by whoever says what it means.
    lines = [(one.receipt, one.line) for one in places if one.line is not None]
    if len(lines) < len(places):
        raise CallError("A number stands for a parked line; expected RECEIPT:LINE, such as 12:40.")
    if options.take_back and not options.meant:
        raise CallError("A word is taken back about one lot; expected --as LOT.")
    if not options.meant:
        reading()
        return candidates(settings(), lines), 0
    writing()
    said = meant.take_back if options.take_back else meant.mean
    return said(settings(), lines, options.meant, word, now=now()), 0


def retract(
    options: Namespace,
) -> Answer[Retracted | Hanging | Listed[StandingRetraction]]:
    """Say that rows were entered in error."""
    from lots.pipeline import named_rows, resolve
    from lots.pipeline import retract as retracting

    if options.list:
        reading()
        return cut(retracting.standing(settings()), options), 0
    if not options.rows:
        raise CallError("No row is named; expected RECEIPT:LINE such as 12:3, or --list.")
    places = [named_rows.place(row) for row in options.rows]
    kind = "replacement_due" if options.replacement_due else "never_happened"
    if options.check:
        from lots.pipeline.retract_check import check

        writing()
        # What is checked is what the same call without --check would say.
        which = retracting.proposed if options.confirm else retracting.untold
        if options.take_back:
            which = retracting.told
        hanging = check(settings(), places, kind, now=now(), concerned=which)
        return hanging, int(bool(hanging.left_out))
    word, count = resolve.Word(options.by, options.reason), options.count
    writing()
    if options.confirm:
        done = retracting.confirm(settings(), places, word, now=now(), count=count)
    elif options.take_back:
        done = retracting.take_back(settings(), places, word, now=now(), count=count)
    elif options.never_happened or options.replacement_due:
        done = retracting.retract(settings(), places, kind, word, now=now(), count=count)
    else:
        raise CallError(
            "What is said of these rows? Expected --never-happened, --replacement-due, --confirm or"
            " --take-back; --check says first what hangs on them."
        )
    return done, int(bool(done.left_out))
