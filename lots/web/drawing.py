"""Lots and pools as a drawing: a box for each node, right of all that it was made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from lots.answers import LotName

BOX_WIDTH, BOX_HEIGHT = 168, 44
GAP_X, GAP_Y, EDGE = 40, 14, 8
MOST = 40  # boxes: beyond that nobody sees anything in it
LETTERS = 20  # of a name, that fit into a box


@dataclass(frozen=True, slots=True)
class Box:
    """A node: where it stands, what it is called, and whether it was asked about."""

    x: int
    y: int
    label: str
    name: LotName
    asked: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and the lines between them, as paths of SVG."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def drawing(
    names: Sequence[LotName], edges: Sequence[tuple[LotName, LotName]], start: Sequence[LotName]
) -> Drawing | None:
    """The drawing; None where there is nothing to see in it: one node, or too many."""
    if not 1 < len(names) <= MOST:
        return None
    boxes = {box.name: box for box in _boxes(_columns(names, edges), frozenset(start))}
    lines = tuple(_line(boxes[a], boxes[b]) for a, b in edges if a in boxes and b in boxes)
    width = max(b.x for b in boxes.values()) + BOX_WIDTH + EDGE
    height = max(b.y for b in boxes.values()) + BOX_HEIGHT + EDGE
    return Drawing(width, height, tuple(boxes.values()), lines)


def _columns(
    names: Sequence[LotName], edges: Sequence[tuple[LotName, LotName]]
) -> list[list[LotName]]:
    """Each node one column right of the last of its parents; what goes round comes last."""
    above: dict[LotName, set[LotName]] = {name: set() for name in sorted(names)}
    for parent, child in edges:
        if parent in above and child in above and parent != child:
            above[child].add(parent)
    columns, placed = list[list[LotName]](), set[LotName]()
    while len(placed) < len(above):
        left = [name for name in above if name not in placed]
        column = [name for name in left if above[name] <= placed] or left
        columns.append(column)
        placed.update(column)
    return columns


def _boxes(columns: Sequence[Sequence[LotName]], start: frozenset[LotName]) -> list[Box]:
    return [
        Box(
            EDGE + column * (BOX_WIDTH + GAP_X),
            EDGE + row * (BOX_HEIGHT + GAP_Y),
            _short(f"{name.maker}/{name.number}"),
            name,
            name in start,
        )
        for column, found in enumerate(columns)
        for row, name in enumerate(found)
    ]


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


def _line(a: Box, b: Box) -> str:
    """From the right of the one to the left of the other; back, where it leads back."""
    middle = BOX_HEIGHT // 2
    x, y, to_x, to_y = a.x + BOX_WIDTH, a.y + middle, b.x, b.y + middle
    bend = max(abs(to_x - x) // 2, GAP_X // 2)
    return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"
