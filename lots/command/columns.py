"""A list on a terminal of any width: a table where every word of it fits into its column, else one
thing after the other. No word is broken, so that a key that is printed can be typed again.
"""

import textwrap
from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table

from lots.visible import marked as escape

GAP = 2
# What would say nothing by itself; every file of `lots heard` would look alike.
LABELLED = (
    "holds",
    "due",
    "sent",
    "looks like",
    "row",
    "heard from",
    "heard to",
    "not arrived",
    "counts differ",
)


def laid_out(
    names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool], room: int
) -> list[RenderableType]:
    """Rows of cells under their names; numbers stand right."""
    cells = [names, *rows]
    least = [max(longest_word(row[n]) for row in cells) for n in range(len(names))]
    whole = [max(len(row[n]) for row in cells) for n in range(len(names))]
    # None where the longest words alone have no room beside each other.
    widths = shared(least, whole, room - GAP * (len(names) - 1))
    below = _under(names, rows, numbers, room)
    # A table of many wrapped cells is longer than the same things one under the other.
    if widths is None or sum(_height(row, widths) for row in cells) > len(below):
        return below
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    for name, width, number in zip(names, widths, numbers, strict=True):
        justify = "right" if number else "left"
        table.add_column(escape(name), width=width, justify=justify)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*map(escape, row))
    return [table]


def _height(row: Sequence[str], widths: Sequence[int]) -> int:
    return max(len(textwrap.wrap(c, w)) if c else 1 for c, w in zip(row, widths, strict=True) if w)


def longest_word(text: str) -> int:
    """The length of the longest word, which is all that may not be broken."""
    return max(map(len, text.split()), default=0)


def shared(least: Sequence[int], whole: Sequence[int], room: int) -> list[int] | None:
    """The widths of columns: each at least as much as it must have, at most as much as it can use;
    None where there is not that much room.
    """
    widths, spare = [*least], room - sum(least)
    if spare < 0:
        return None
    # A column at a time, the narrowest first: what it does not use is left to the wider ones.
    for left, n in enumerate(sorted(range(len(least)), key=lambda c: whole[c] - least[c])):
        more = min(whole[n] - least[n], spare // (len(least) - left))
        widths[n] += more
        spare -= more
    return widths


def _under(
    names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool], room: int
) -> list[RenderableType]:
    """One thing under the other, of each first what names it; above them the names of it all."""
    told = [[name for name in names if any(row[names.index(name)] for row in rows)]]
    told += [
        [_labelled(name, cell, number and n > 0) for n, (name, cell, number) in enumerate(cells)]
        for cells in (list(zip(names, row, numbers, strict=True)) for row in rows)
    ]
    head, *things = (_filled([cell for cell in cells if cell], room) for cells in told)
    lines = [f"[bold]{line}[/]" for line in head]
    for first, *rest in things:
        lines += [first, *rest]
    return list(lines)


def _labelled(name: str, cell: str, number: bool) -> str:
    """A cell that says what it is, where it would say nothing by itself."""
    return f"{name} {cell}" if cell and (number or name in LABELLED) else cell


def _filled(cells: Sequence[str], room: int) -> list[str]:
    """Cells beside each other, as many as a line has room for;
    a longer one has its words wrapped.
    """
    lines, line = list[str](), ""
    for cell in cells:
        joined = f"{line}{' ' * GAP}{cell}" if line.strip() else f"{line}{cell}"
        if len(joined) <= room:
            line = joined
            continue
        if line.strip():
            lines.append(line)
        wrapped = textwrap.wrap(
            # A key has hyphens, and must be typed again as it is.
            cell,
            room - GAP,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
        lines += [f"{' ' * GAP}{part}" for part in wrapped[:-1]]
        line = f"{' ' * GAP}{wrapped[-1]}"
    return [escape(one) for one in (*lines, line) if one.strip()]
