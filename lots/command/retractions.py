"""Retractions on a terminal: what was said of which rows, who must say what next, and what hangs on
them.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.tree import Tree

from lots.answers.retractions import Effect, Hanging, LeftOut, Retracted, RetractedRow
from lots.answers.wording import many
from lots.visible import marked as escape

ROWS_SHOWN = 8
EFFECTS_SHOWN = 6
BECOMES = {  # what changes, and how: as one says it of one, and of several
    ("link between lots", "gone"): ("link between lots goes", "links between lots go"),
    ("link between lots", "new"): (
        "link between lots comes instead",
        "links between lots come instead",
    ),
    ("vial line", "gone"): (
        "vial line leads to a lot no more",
        "vial lines lead to a lot no more",
    ),
    ("vial line", "new"): ("vial line leads to a lot then", "vial lines lead to a lot then"),
    ("vial line", "changed"): ("vial line counts otherwise", "vial lines count otherwise"),
    ("link of a row", "gone"): ("link of a row waits no more", "links of rows wait no more"),
    ("link of a row", "new"): (
        "link of a row leads nowhere, and waits",
        "links of rows lead nowhere, and wait",
    ),
    ("key", "gone"): ("key stands again", "keys stand again"),
    ("key", "new"): (
        "key of which nothing stands any more",
        "keys of which nothing stands any more",
    ),
    ("contested key", "gone"): ("key is contested no more", "keys are contested no more"),
    ("contested key", "new"): ("key becomes contested", "keys become contested"),
    ("contested key", "changed"): (
        "key stays contested, by other versions",
        "keys stay contested, by other versions",
    ),
    ("open end", "gone"): ("end is open no more", "ends are open no more"),
    ("open end", "new"): ("end is open then", "ends are open then"),
    ("key of a person", "gone"): (
        "key is one person's no more",
        "keys are one person's no more",
    ),
    ("key of a person", "new"): ("key becomes one person's", "keys become one person's"),
    ("key of a person", "changed"): (
        "key becomes another person's",
        "keys become another person's",
    ),
    ("place", "gone"): ("place is where it was no more", "places are where they were no more"),
    ("place", "new"): ("place is elsewhere", "places are elsewhere"),
}


def retracted(answer: Retracted) -> Sequence[RenderableType]:
    """What became of each row, and what another person types next."""
    if not answer.rows:
        return ["Nothing was said: no row is left.", *_left_out(answer.left_out)]
    waits = f"; {_waits(answer.waiting)}" if answer.waiting else "."
    return [
        f"{many(len(answer.rows), 'row')} told{waits}",
        *_rows(answer.rows),
        *([_next(answer.rows)] if answer.waiting else []),
        *_left_out(answer.left_out),
    ]


def hanging(answer: Hanging) -> Sequence[RenderableType]:
    """What hangs on rows, before anybody says anything."""
    root = Tree(f"[bold]{many(len(answer.rows), 'row')}; nothing was written[/]")
    for sentence in _rows(answer.rows):
        root.add(sentence)
    if answer.second_person:
        root.add(_second_person(answer.second_person))
    then = root.add("in force, it changes" if answer.effects else "in force, it changes nothing")
    for name, effects in groupby(answer.effects, lambda e: BECOMES[e.what, e.becomes]):
        _effect(then, name, [*effects])
    if answer.findings:
        kept = root.add("findings on them, which stay as they are")
        for f in answer.findings[:ROWS_SHOWN]:
            holds = "" if f.holds == "nothing" else f", holds the {f.holds}"
            kept.add(f"{f.finding}: {escape(f.rule)}, {f.state}{holds}")
        _more(kept, len(answer.findings) - ROWS_SHOWN)
    return [root, *_left_out(answer.left_out)]


def _second_person(rows: int) -> str:
    if rows == 1:
        of_them = "1 of them takes a second, different person; until then it stands, and is"
    else:
        of_them = (
            f"{rows:,} of them take a second, different person; until then they stand, and are"
        )
    return f"{of_them} in what is possible at most"


def _effect(above: Tree, names: tuple[str, str], effects: list[Effect]) -> None:
    rows = sum(e.rows for e in effects)
    here = above.add(f"[bold]{rows:,}[/] {names[rows != 1]}")
    for effect in effects[:EFFECTS_SHOWN]:
        here.add(f"{effect.rows:,} {escape(effect.of)}")
    _more(here, len(effects) - EFFECTS_SHOWN)


def _more(above: Tree, left: int) -> None:
    if left > 0:
        above.add(f"[dim]and {left:,} more (all with --json)[/]")


def _waits(rows: int) -> str:
    if rows == 1:
        return "1 waits for another person, and stands until then."
    return f"{rows:,} wait for another person, and stand until then."


def _rows(rows: Sequence[RetractedRow]) -> Iterator[str]:
    yield from (f"{row.row} {row.record}: {row.state}" for row in rows[:ROWS_SHOWN])
    if len(rows) > ROWS_SHOWN:
        yield f"and {len(rows) - ROWS_SHOWN:,} more (all with --json)"


def _next(rows: Sequence[RetractedRow]) -> str:
    # The whole call, as another person has to type it.
    places = " ".join(row.row for row in rows[:ROWS_SHOWN] if row.state.startswith("proposed"))
    return f'Next: lots retract {places} --confirm --by ANOTHER --reason "…"'


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    for each in left_out:
        first = ", ".join(each.first)
        yield (
            f"[yellow]{each.rows:,} left out[/]: {each.why}, which are named one by one"
            f" ({first}{' …' if each.rows > len(each.first) else ''})."
        )
