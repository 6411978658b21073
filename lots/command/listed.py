"""A list of answers on a terminal: its rows laid out, and each value as one types it."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from rich.console import Console, RenderableType

from lots.answers import Listed, LotName
from lots.answers.certificate import Between
from lots.command.columns import laid_out
from lots.visible import marked as escape

JOINS = {"reasons": " ", "why": " ", "ends_with": "; ", "looks_like": "; "}
CUT, WHOLE = ("why", "ends_with"), 5  # a lot may be held by hundreds of findings
NAMED = "named"
KEYS = ("key", NAMED)
NOT_SHOWN = "(not shown)"
LEAST, USUAL = 4, 40  # rows at least; lines of a screen, where nobody tells how many it has


def key(parts: Sequence[str | None]) -> str:
    """A key as the command takes it: with slashes between its parts, or as a JSON list where one of
    them has a slash itself.
    """
    # A single part is taken as it is, slashes and all.
    if len(parts) > 1 and any("/" in part for part in parts if part):
        return json.dumps([part or NOT_SHOWN for part in parts], ensure_ascii=False)
    return "/".join(NOT_SHOWN if part is None else part for part in parts)


def on_screen(answer: Listed[Any], out: Console) -> list[RenderableType]:
    """A list; where nobody said how much of it, as many of its rows as a screen has lines for."""
    found, height = listed(answer, out.width), screen_height()
    if not answer.screen:
        return found
    # By what is printed, not by rows: one with ten reasons takes a dozen lines.
    shown = len(answer.rows)
    while shown > LEAST and _lines(found, out) > height:
        shown -= 1
        rest = answer.more + len(answer.rows) - shown
        # Laid out anew each time: with fewer rows its columns may be narrower.
        found = listed(replace(answer, rows=answer.rows[:shown], more=rest), out.width)
    return found


def screen_height() -> int:
    """Lines of a list that are seen at once: of the terminal, or of a usual one."""
    return max(shutil.get_terminal_size((80, USUAL)).lines - 3, LEAST)


def _lines(parts: Sequence[RenderableType], out: Console) -> int:
    return sum(len(out.render_lines(part, pad=False)) for part in parts)


def listed(answer: Listed[Any], room: int) -> list[RenderableType]:
    """A list: its title, its rows, and how many more there are."""
    names = [f.name for f in fields(answer.kind) if f.metadata.get("terminal", True)]
    told = [[cell(getattr(row, name), name) for name in names] for row in answer.rows]
    # By the values and not by the declared type: a column of numbers that are all missing stands
    # right too.
    numbers = [all(_is_number(getattr(row, n)) for row in answer.rows) for n in names]
    more = f"and {answer.more} more (--all, or --limit N)"
    return [
        f"[bold]{escape(answer.title)}[/]",
        *laid_out([n.replace("_", " ") for n in names], told, numbers, room),
        *([f"[dim]{more}[/]"] if answer.more else []),
    ]


def _is_number(value: object) -> bool:
    # A number between two bounds is one, too: where columns have no room it says what it counts.
    return value is None or (isinstance(value, int | Between) and not isinstance(value, bool))


def cell(value: object, column: str = "") -> str:
    """A value of a list as people write it."""
    match value:
        case None:
            return ""
        # As one types them, so that a number can be given to the next command.
        case bool():
            return "yes" if value else ""
        # Before what a day is, since a datetime is one as well.
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case LotName():
            return str(value)
        case tuple() if column == NAMED and any(value):
            # A GTIN that a label does not tell is no key of a person that is kept back.
            return key([part for part in value if part is not None])
        case tuple() if column in KEYS:
            return key(value)
        case tuple() if len(value) > WHOLE and column in CUT:
            first = JOINS[column].join(map(str, value[:WHOLE]))
            return f"{first}{JOINS[column]}and {len(value) - WHOLE} more (all with --json)"
        case tuple():
            return JOINS.get(column, ", ").join(map(str, value))
        case _:
            return str(value)
