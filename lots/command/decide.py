"""The verb by which somebody decides of a thing: (answer, exit code), as the others (verbs.py)."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lots.answers import Listed
from lots.answers.decided import Disposition, Waiting
from lots.command.beginning import now, reading, writing
from lots.errors import CallError
from lots.settings import settings

if TYPE_CHECKING:
    from lots.pipeline.dispose import Saying

Answer = tuple[Disposition | Listed[Waiting], int]


def decide(options: Namespace) -> Answer:
    """Decide, list what was decided, show or withdraw one."""
    from lots.pipeline import dispose

    if not options.what:
        reading()
        return dispose.listed(settings()), 0
    # No thing is called by digits alone; of 19 and more PostgreSQL's numbers have no room.
    if options.what.isascii() and options.what.isdigit() and len(options.what) < 19:
        return _one(options, int(options.what))
    if options.what == "redaction":
        raise CallError(
            "decide: redaction: expected `lots redact`, which knows of whom, got a number."
        )
    saying = _saying(options)
    asked = dispose.Asked(
        options.what,
        tuple(options.key.split("/")),
        options.move,
        {**_pairs("--given", options.given), "ground": options.reason},
        options.owner,
        _names(options.market),
        _names(options.site),
        _names(options.pack),
        _numbers(options.end),
        _pairs("--ready", options.ready),
    )
    writing()
    made = dispose.decide(settings(), asked, saying)
    # A script that stops a lot must notice that a release is none yet.
    return made, int(made.standing == "proposed")


def _one(options: Namespace, number: int) -> Answer:
    from lots.pipeline import dispose

    if not options.withdraw:
        reading()
        return dispose.shown(settings(), number), 0
    saying = _saying(options)
    writing()
    return dispose.withdraw(settings(), number, saying), 0


def _saying(options: Namespace) -> "Saying":
    from lots.pipeline.dispose import Saying

    if not options.by or not options.reason:
        raise CallError("A person decides, for a reason; expected both --by and --reason.")
    return Saying(options.by, options.reason, now())


def _pairs(option: str, told: Sequence[str] | None) -> dict[str, str]:
    """Names with their texts. Raises CallError."""
    pairs = [one.partition("=") for one in told or ()]
    # A text may have an equals sign itself: only the first one parts.
    if not all(name and equals and text for name, equals, text in pairs):
        raise CallError(f"{option}: expected NAME=TEXT, got a part of it.")
    return {name: text for name, _, text in pairs}


def _names(told: Sequence[str] | None) -> tuple[str, ...] | None:
    # None is everywhere, an empty list nowhere: the two must not be taken for one another.
    return None if told is None else tuple(told)


def _numbers(told: Sequence[str] | None) -> tuple[int, ...] | None:
    if told is None:
        return None
    if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in told):
        raise CallError("--end: expected a decision's number, as `lots decide` lists it.")
    return tuple(map(int, told))
