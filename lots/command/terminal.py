"""Answers on a terminal: tables and trees, coloured where there is a terminal, plain in a pipe."""

import sys
from collections.abc import Sequence
from functools import singledispatch

from rich.console import Console, RenderableType

from lots.answers import Implicated, Listed, Received, Trace, Verbatim
from lots.answers.decided import Disposition
from lots.answers.redacted import Redactions
from lots.answers.restored import BackedUp, Newest
from lots.answers.retractions import Hanging, Retracted
from lots.answers.scanned import Scanned
from lots.answers.shown import Shown, ShownFinding, ShownRefused
from lots.answers.verified import Verified
from lots.command import decided, redacted, restored, retractions, scanned, verified
from lots.command.certificates import certificate
from lots.command.columns import laid_out
from lots.command.listed import on_screen
from lots.command.shown import finding, refused, shown
from lots.command.trees import implicated, tree
from lots.visible import marked as escape

PLAIN_WIDTH = 140
COUNTED = ("rows", "accepted", "known", "refused", "findings")


def console() -> Console:
    """Standard output; in a pipe wide enough that nothing wraps by a terminal's size."""
    return Console(
        highlight=False,
        soft_wrap=False,
        # Text of a file such as :warning: stays text.
        emoji=False,
        # rich takes 80 columns for a pipe, and would wrap a file's lines there.
        width=None if sys.stdout.isatty() else PLAIN_WIDTH,
    )


def show(answer: object) -> None:
    """Print an answer."""
    if isinstance(answer, Verbatim):
        print(answer.text)
        return
    out = console()
    for part in parts(answer):
        out.print(part)


@singledispatch
def parts(answer: object) -> Sequence[RenderableType]:
    """What is printed of an answer, part by part."""
    return [escape(str(answer))]


@parts.register
def _(answer: list) -> Sequence[RenderableType]:  # type: ignore[type-arg]
    return (
        received(answer, console().width)
        if answer and isinstance(answer[0], Received)
        else ["Nothing was left to take up."]
    )


@parts.register
def _(answer: Listed) -> Sequence[RenderableType]:  # type: ignore[type-arg]
    return on_screen(answer, console()) if answer.rows else [escape(answer.empty)]


@parts.register
def _(answer: Trace) -> Sequence[RenderableType]:
    return [tree(answer), certificate(answer.certificate)]


@parts.register
def _(answer: Implicated) -> Sequence[RenderableType]:
    return [implicated(answer), certificate(answer.certificate)]


@parts.register
def _(answer: Shown) -> Sequence[RenderableType]:
    return shown(answer, console().width)


@parts.register
def _(answer: ShownFinding) -> Sequence[RenderableType]:
    return finding(answer, console().width)


@parts.register
def _(answer: ShownRefused) -> Sequence[RenderableType]:
    return refused(answer)


# By the type of the answer: a verb knows nothing of terminals, and a page shows the same answer.
parts.register(Retracted, retractions.retracted)
parts.register(Hanging, retractions.hanging)
parts.register(Disposition, decided.decided)
parts.register(Redactions, redacted.redacted)
parts.register(Scanned, scanned.scanned)
parts.register(Verified, verified.verified)
parts.register(BackedUp, restored.backed_up)
parts.register(Newest, restored.newest)


def received(taken: Sequence[Received], room: int) -> list[RenderableType]:
    """A row for each file; where they do not fit beside each other, one thing under the other."""
    names = ("file", "sender", "record", "status", *COUNTED, "")
    told = [
        [
            one.file_name,
            one.sender,
            one.record or "",
            "already received" if one.again else one.status.replace("_", " "),
            *(f"{one.counts.get(c, 0):,}" for c in COUNTED),
            one.sentence or " ".join(one.notices[:1]),
        ]
        for one in taken
    ]
    return laid_out(names, told, [name in COUNTED for name in names], room)
